"""What stands around the text of a news item: who took part, where, what it belongs to."""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.utils.http import urlencode
from django.utils.translation import get_language

from cms.pages import queries
from cms.pages.cache.generation import remembered
from cms.pages.enums import PartyRole
from cms.pages.models import NewsPage, Place, PublicOrganisation, PublicPerson, Topic
from cms.pages.models.lists import Entry as Listed
from cms.pages.presenters.entries import Entry, entry, names
from cms.pages.presenters.links import PageLink, link, linked, short
from cms.pages.presenters.named import Named, named

MORE: Final = 3
"""Other stories below a story."""


class Person(NamedTuple):
    """Who took part, and as what at that time."""

    named: Named
    function: str
    organisation: Named | None


class Party(NamedTuple):
    """Organisations with one part in the story."""

    role: str
    organisations: list[Named]


@dataclass(frozen=True, slots=True)
class Story:
    """The surroundings of a news item."""

    topics: list[PageLink]
    places: list[PageLink]
    people: list[Person]
    parties: list[Party]
    related: list[PageLink]
    more: list[Entry]
    index: PageLink | None


def story(page: NewsPage, language: str) -> Story:
    """Return what stands around a news item, for a reader of `language`."""
    index = remembered(f"news:{language}", lambda: _index(language))
    tagged = list(page.topics.all())
    topics = [topic.translation_key for topic in tagged]
    places = [place.translation_key for place in page.places.all()]
    chosen = [block["value"] for block in page.related.raw_data if block["value"]]
    links = linked(chosen, language)
    people, parties = _mentioned(page)
    return Story(
        topics=_tagged(Topic, topics, page.language, index, "topic"),
        places=_tagged(Place, places, page.language, index, "place"),
        people=people,
        parties=parties,
        related=[links[number] for number in chosen if number in links],
        more=_more(page, tagged, language),
        index=index,
    )


def _index(language: str) -> PageLink | None:
    page = queries.news_index(language)
    return link(page, language) if page else None


def _tagged(
    kind: type[Listed], keys: list[Any], language: str, index: PageLink | None, question: str
) -> list[PageLink]:
    """Return links to the news with the same tag."""
    known = names(kind, language)
    found = [known[key] for key in keys if key in known]
    url = index.url if index else ""
    return [
        PageLink(name.label, f"{url}?{urlencode({question: name.slug})}" if url else "", name.language)
        for name in found
    ]


def _more(page: NewsPage, topics: list[Topic], language: str) -> list[Entry]:
    """Return the newest stories that share a topic."""
    slugs = sorted(topic.slug for topic in topics)
    if not slugs:
        return []
    return remembered(
        f"more:{page.translation_key}:{language}:{get_language()}:{short(slugs)}",
        lambda: [entry(other, language) for other in queries.alike(page, slugs, language, MORE)],
    )


def _mentioned(page: NewsPage) -> tuple[list[Person], list[Party]]:
    """Return people in the order of the editor, and organisations by their part in the story."""
    values = [(block["type"], block["value"]) for block in page.mentions.raw_data]
    people = named(PublicPerson, [value.get("person") for _kind, value in values], page.language)
    organisations = named(
        PublicOrganisation, [value.get("organisation") for _kind, value in values], page.language
    )
    persons = [
        Person(people[who], value.get("function") or "", organisations.get(value.get("organisation")))
        for kind, value in values
        if kind == "person" and (who := value.get("person")) in people
    ]
    parties = []
    for role, label in PartyRole.options():
        taking = [value.get("organisation") for kind, value in values if value.get("role") == role]
        if found := [organisations[number] for number in taking if number in organisations]:
            parties.append(Party(str(label), found))
    return persons, parties
