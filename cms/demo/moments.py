"""Where each person of the demonstration begins: in a moment of their work, not in front of a list."""

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from cms.accounts.models import User
from cms.demo.people import DemoPerson
from cms.events.models import Occurrence
from cms.forms.enums import Phase
from cms.forms.policy import own
from cms.grants.models import Call


def moment_of(person: DemoPerson, user: User) -> str:
    """Return the address at which a person begins, in the language of the page they came from."""
    find = {
        "applicant": _draft,
        "helper": _helped,
        "officer": _new,
        "approver": _new,
        "editor": lambda _user: reverse("translations:index"),
        "event_manager": lambda _user: _full_date("event_dates:seats"),
        "citizen": lambda _user: _full_date("events:register"),
    }.get(person.code)
    home = "wagtailadmin_home" if person.is_staff else settings.LOGIN_REDIRECT_URL
    return (find(user) if find else "") or resolve_url(home)


def _draft(user: User) -> str:
    """Return the draft that was left two thirds done, or the list of one's applications."""
    draft = own(user).filter(phase=Phase.DRAFT).order_by("-saved_at").first()
    return reverse("forms:tasks", args=[draft.token]) if draft else reverse("forms:mine")


def _helped(_user: User) -> str:
    """Return the page on which a helper begins for somebody else."""
    call = Call.objects.filter(code="KT").first()
    return reverse("grants:help", args=[call.code]) if call else ""


def _new(_user: User) -> str:
    """Return the queue, with what is new."""
    return f"{reverse('submissions:index')}?phase={Phase.NEW}"


def _full_date(page: str) -> str:
    """Return the page about the date that is full: of its seats, or the one on which people register."""
    date = Occurrence.objects.select_related("event").filter(event__code="ECO", number=3).first()
    if date is None:
        return ""
    return reverse(page, args=[date.pk] if page == "event_dates:seats" else [date.event.code, date.number])
