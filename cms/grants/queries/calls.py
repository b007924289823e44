"""Calls, for staff and for applicants."""

import re
from typing import Any

from django.db.models import Count, Q, QuerySet

from cms.forms.models import Form, FormDefinition
from cms.grants.enums import ApplicationState, CallState
from cms.grants.models import Call, CallPage
from cms.grants.models.call import SHAPE


def calls_of(units: QuerySet[Any]) -> QuerySet[Call]:
    """Return the calls of some units, the newest first."""
    return Call.objects.filter(unit__in=units)


def counted(calls: QuerySet[Call]) -> QuerySet[Any]:
    """Add how many drafts and how many sent applications each call has."""
    draft = Q(applications__state=ApplicationState.DRAFT)
    return calls.select_related("unit", "form").annotate(
        drafts=Count("applications", filter=draft), sent=Count("applications", filter=~draft)
    )


def announced_call(code: str) -> Call | None:
    """Return the call of a code, once it is announced, with its form and the version in use."""
    if not re.fullmatch(SHAPE, code):
        return None  # What cannot be a code is not asked for: no database takes every text.
    calls = Call.objects.exclude(state=CallState.DRAFT).select_related("unit", "form__current")
    return calls.filter(code=code).first()


def has_applications(call: Call) -> bool:
    """Tell whether anybody has begun one, sent or not."""
    return call.pk is not None and call.applications.exists()


def minutes_of(form: Form) -> int | None:
    """Return how long the form takes; it is the same in every language."""
    definitions = FormDefinition.objects.filter(form=form, live=True)
    minutes: int | None = definitions.values_list("minutes", flat=True).first()
    return minutes


def titles_of(call: Call) -> dict[str, str]:
    """Return language code → title of each published page of a call."""
    pages = CallPage.objects.filter(call_id=call.pk, live=True)
    return dict(pages.values_list("locale__language_code", "title"))
