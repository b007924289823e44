"""What pages of events show: `{% load events %}`."""

from django import template
from django.core.paginator import InvalidPage
from django.http import Http404, QueryDict
from django.template import Context

from cms.core.languages import reader_language
from cms.events.models import EventPage
from cms.events.presenters import calendar, event

register = template.Library()


@register.simple_tag(takes_context=True)
def event_facts(context: Context, page: EventPage) -> event.EventFacts:
    """`{% event_facts page as facts %}`: the event now; asked for once, however many blocks want it."""
    kept = context.render_context
    if "event_facts" not in kept:
        preview = getattr(context.get("request"), "is_preview", False)
        kept["event_facts"] = event.event_facts(page, language=reader_language(context), preview=preview)
    found: event.EventFacts = kept["event_facts"]
    return found


@register.simple_tag(takes_context=True)
def calendar_list(context: Context) -> calendar.CalendarPage:
    """`{% calendar_list as list %}`: the part of the calendar that the address asks for.

    Raises:
        Http404: There is no such part.

    """
    request = context.get("request")
    query = getattr(request, "GET", None) or QueryDict()
    path = str(getattr(request, "path", ""))
    try:
        return calendar.calendar_page(context["page"], query, reader_language(context), path)
    except InvalidPage as error:
        raise Http404 from error


@register.simple_tag(takes_context=True)
def calendar_file(context: Context) -> str:
    """`{% calendar_file as url %}`: the file with all dates in the reader's language."""
    return calendar.feed_address(reader_language(context), {})
