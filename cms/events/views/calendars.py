"""Dates as files for programs of calendars, the same for everybody: no link to a meeting is in them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.events.calendar.ics import calendar, calendar_response
from cms.events.presenters.calendar_files import CalendarFile, of_date, of_event, of_selection


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer every date that the calendar page shows for the same choices, and what was of late."""
    found = of_selection(request.GET, get_language() or "")
    return _answer(found, shared=found.known)


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the dates of one event.

    Raises:
        Http404: no such event is announced.

    """
    return _answer(of_event(code, get_language() or ""), shared=not request.GET)


@require_safe
def date(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Answer one date.

    Raises:
        Http404: there is none, or its event is not announced.

    """
    usual = request.path.endswith(f"/{number}.ics")  # 01.ics and 001.ics are the same, but not to a cache.
    return _answer(of_date(code, number, get_language() or ""), shared=usual and not request.GET)


def _answer(found: CalendarFile | None, *, shared: bool) -> HttpResponse:
    if found is None:
        raise Http404
    content = calendar(found.entries, name=found.name, language=get_language() or "")
    response = calendar_response(content, found.filename)
    if shared:
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
