"""What pages of calls show: `{% load calls %}`."""

from django import template
from django.template import Context

from cms.core.languages import reader_language
from cms.grants import presenters, queries
from cms.grants.models import CallPage

register = template.Library()


@register.simple_tag(takes_context=True)
def call_facts(context: Context, page: CallPage) -> presenters.CallFacts:
    """`{% call_facts page as facts %}`: the call now; asked for once, however many blocks want it."""
    kept = context.render_context
    if "call_facts" not in kept:
        minutes = queries.minutes_of(page.call.form)
        language = reader_language(context)
        kept["call_facts"] = presenters.facts(page.call, language=language, minutes=minutes)
    found: presenters.CallFacts = kept["call_facts"]
    return found


@register.simple_tag(takes_context=True)
def call_list(context: Context) -> presenters.CallList:
    """`{% call_list as list %}`: all announced calls in groups."""
    return presenters.call_list(reader_language(context))
