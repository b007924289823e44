"""Submissions as a mailbox or a reference leads to them."""

from collections.abc import Collection

from django.db.models import QuerySet

from cms.forms.models import Submission
from cms.forms.queries.own import ALONG


def reached_by(email: str, *, related: Collection[str]) -> QuerySet[Submission]:
    """Return what is kept in no account and names this address, the latest first."""
    known = Submission.objects.filter(owner=None, email__iexact=email).exclude(email="")
    return known.select_related(*ALONG, *related).order_by("-saved_at", "-pk")
