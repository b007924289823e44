"""Lists of pages: `{% load listings %}`."""

from typing import Any

from django import template
from django.core.paginator import InvalidPage
from django.http import Http404, QueryDict
from django.template import Context
from wagtail.blocks import StructValue

from cms.core.formats.bidi import foreign
from cms.core.languages import reader_language
from cms.pages.presenters import home, lists, story
from cms.pages.presenters.entries import Entry

register = template.Library()
register.filter("foreign", foreign)


def _query(context: Context) -> QueryDict:
    return getattr(context.get("request"), "GET", None) or QueryDict()


@register.simple_tag(takes_context=True)
def news_list(context: Context) -> lists.Listing:
    """`{% news_list as list %}`: the part of the news that the address asks for.

    Raises:
        Http404: There is no such part.

    """
    try:
        return lists.news(context["page"], _query(context), reader_language(context), _path(context))
    except InvalidPage as error:
        raise Http404 from error


@register.simple_tag(takes_context=True)
def section_list(context: Context) -> lists.Listing:
    """`{% section_list as list %}`: the pages below this one."""
    return lists.section(context["page"], _query(context), reader_language(context))


@register.simple_tag(takes_context=True)
def block_list(context: Context, value: StructValue) -> lists.Block:
    """`{% block_list value as list %}`: the pages that an editor's block asks for."""
    return lists.block(value, reader_language(context))


@register.simple_tag(takes_context=True)
def feed_url(context: Context) -> str:
    """`{% feed_url as url %}`: the feed of the news in the reader's language."""
    return lists.feed_address(reader_language(context), {})


@register.simple_tag(takes_context=True)
def around_story(context: Context) -> story.Story:
    """`{% around_story as story %}`: who took part, what it belongs to, what else there is."""
    kept = context.render_context  # Two blocks of one template ask.
    if "around_story" not in kept:
        kept["around_story"] = story.story(context["page"], reader_language(context))
    found: story.Story = kept["around_story"]
    return found


@register.simple_tag(takes_context=True)
def home_doors(context: Context) -> list[home.Door]:
    """`{% home_doors as doors %}`: the doors that lead somewhere."""
    return home.doors(context["page"], reader_language(context))


@register.simple_tag(takes_context=True)
def home_notices(context: Context) -> list[home.Notice]:
    """`{% home_notices as notices %}`: what everybody has to know now."""
    return home.notices(reader_language(context))


@register.simple_tag(takes_context=True)
def home_lists(context: Context) -> list[home.Lists]:
    """`{% home_lists as lists %}`: lines in groups, arches each on a band."""
    return home.lists(context["page"])


@register.inclusion_tag("components/entry.html", takes_context=True)
def entry(context: Context, line: Entry, *, dated: bool = False) -> dict[str, Any]:
    """`{% entry line %}`: one line of a list, in its own language."""
    return {
        "entry": line,
        "dated": dated and line.day,
        "foreign": foreign(line.link.language),
        "reader": reader_language(context),
    }


@register.inclusion_tag("components/entry-arch.html", takes_context=True)
def arch_entry(context: Context, line: Entry) -> dict[str, Any]:
    """`{% arch_entry line %}`: the same in an arch."""
    return entry(context, line)


def _path(context: Context) -> str:
    return str(getattr(context.get("request"), "path", ""))
