"""What a feed is about."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.query import PageQuerySet

from cms.pages import queries
from cms.pages.presenters.links import address, home_address
from cms.pages.presenters.lists import filter_form


@dataclass(frozen=True, slots=True)
class Selection:
    """The stories of a feed, and the page for people that shows the same."""

    title: str
    description: str
    labels: list[str]
    url: str
    stories: PageQuerySet
    known: bool
    """Whether the query asks only for what there is."""


def selection(query: QueryDict, language: str) -> Selection:
    """Return what the address of a feed asks for; what nobody knows selects nothing."""
    stories = queries.translated_stories(language)
    index = queries.news_index(language)
    form = filter_form(index.specific, query, language) if index else None
    if index is None or form is None:
        return Selection(_("News"), "", [], home_address(language), stories.none(), known=not query)
    known = form.is_valid() and form.fields.keys() >= query.keys()
    chosen = form.chosen
    found = queries.narrowed(stories, **chosen) if known else stories.none()
    url = address(index, language)
    return Selection(
        title=index.title,
        description=index.lead,
        labels=form.labels,
        url=f"{url}?{urlencode(chosen)}" if chosen else url,
        stories=found,
        known=known,
    )
