"""Who has come back, and where they go on."""

from django.http import HttpRequest
from django.urls import reverse

from cms.accounts.models import User
from cms.forms.models import Submission


def person_of(request: HttpRequest) -> User | None:
    """Return who is signed in."""
    return request.user if isinstance(request.user, User) else None


def page_of(submission: Submission) -> str:
    """Return the page on which somebody goes on: the parts of a draft, or where it stands."""
    return reverse("forms:tasks" if submission.is_draft else "forms:status", args=[submission.token])
