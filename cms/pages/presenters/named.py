"""People and organisations that texts name, in the best language for a page."""

from collections.abc import Iterable
from typing import NamedTuple

from cms.pages import queries
from cms.pages.cache.generation import remembered
from cms.pages.models import PublicOrganisation, PublicPerson
from cms.pages.presenters.links import short


class Named(NamedTuple):
    """A person or organisation in the language of the page, or the best there is."""

    name: str
    language: str
    website: str = ""
    whole: str = ""
    """The name in full, where `name` is a short one."""


def named(
    kind: type[PublicPerson | PublicOrganisation], numbers: Iterable[int | None], language: str
) -> dict[int | None, Named]:
    """Return number → name of those that are still there; one question, remembered for all readers."""
    wanted = sorted({number for number in numbers if number})
    if not wanted:
        return {}

    def make() -> dict[int | None, Named]:
        rows = queries.snippets(kind, wanted, language)
        return {
            number: Named(str(row), row.locale.language_code, getattr(row, "website", ""), row.name)
            for number, row in rows.items()
        }

    return remembered(f"named:{kind.__name__}:{language}:{short(wanted)}", make)
