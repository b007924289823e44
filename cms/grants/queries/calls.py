"""Calls, for staff and for applicants."""

from typing import Any

from django.db.models import QuerySet

from cms.grants.models import Call, CallPage


def calls_of(units: QuerySet[Any]) -> QuerySet[Call]:
    """Return the calls of some units, the newest first."""
    return Call.objects.filter(unit__in=units)


def titles_of(call: Call) -> dict[str, str]:
    """Return language code → title of each published page of a call."""
    pages = CallPage.objects.filter(call_id=call.pk, live=True)
    return dict(pages.values_list("locale__language_code", "title"))
