"""The office whose site this is, at the head and foot of every page."""

from dataclasses import dataclass

from django.utils.translation import gettext

from cms.pages import queries
from cms.pages.cache.generation import remembered


@dataclass(frozen=True, slots=True)
class Host:
    """What editors have written on the home page about their office."""

    name: str
    about: str = ""
    email: str = ""
    phone: str = ""


def host(language: str) -> Host:
    """Return the office in the reader's language; before there is a home page, in general words."""
    return remembered(f"host:{language}", lambda: _host(language))


def _host(language: str) -> Host:
    home = queries.home(language)
    if home is None:
        return Host(gettext("Office for Migration and Integration"))
    contact = home.contact
    return Host(
        home.short_title, home.about, contact.email if contact else "", contact.phone if contact else ""
    )
