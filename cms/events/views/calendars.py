"""Dates as files for programs of calendars, the same for everybody: no link to a meeting is in them."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.events.calendar.ics import calendar, calendar_response
from cms.events.presenters.calendar import ASKED, plain
from cms.events.presenters.calendar_files import CalendarFile, of_date, of_event, of_selection


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer every date that the calendar page shows for the same choices, and what was of late."""
    if not plain(request.GET, ASKED):
        return _usual(request, {name: request.GET[name] for name in ASKED if name in request.GET})
    found = of_selection(request.GET, get_language() or "")
    return _answer(found, shared=found.known)


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the dates of one event.

    Raises:
        Http404: no such event is announced.

    """
    return _usual(request) if request.GET else _answer(of_event(code, get_language() or ""))


@require_safe
def date(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Answer one date.

    Raises:
        Http404: there is none, or its event is not announced.

    """
    found = of_date(code, number, get_language() or "")
    usual = reverse("calendar:date", args=[code, number])
    if found and (request.GET or request.path != usual):  # 01.ics is the same, but not to a cache.
        return _usual(request, path=usual)
    return _answer(found)


def _usual(request: HttpRequest, chosen: Mapping[str, str] | None = None, path: str = "") -> HttpResponse:
    """Lead to the one address of a file, which a cache knows: programs ask for it again every hour.

    Whoever hands an address on adds to it, to see who comes; what nobody knows says nothing about dates.
    """
    address = path or request.path
    response = HttpResponseRedirect(f"{address}?{urlencode(chosen)}" if chosen else address)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _answer(found: CalendarFile | None, *, shared: bool = True) -> HttpResponse:
    if found is None:
        raise Http404
    content = calendar(found.entries, name=found.name, language=get_language() or "")
    response = calendar_response(content, found.filename)
    if shared:
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
