"""What people and tools are told about the demonstration."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.core.absolute import absolute, absolute_url
from cms.demo import queries
from cms.demo.access import token_of
from cms.demo.people import PEOPLE
from cms.pages.presenters import address


def description() -> dict[str, object]:
    """Return what VAR/demo.json holds: addresses to start from and links that sign in."""
    language = settings.LANGUAGE_CODE
    mailbox = absolute_url("demo:mailbox", language=language)
    return {
        "url": absolute("/"),
        "accounts": [
            {
                "role": person.code,
                "email": person.email,
                "try_as_url": absolute_url(
                    "demo:try_as_link", person.code, token_of(person.code), language=language
                ),
            }
            for person in PEOPLE
        ],
        "pages": {
            "home": absolute(f"/{language}/"),
            **{name: absolute(address) for name, address in addresses(language).items()},
            "apply": absolute_url("grants:start", CALL, language=language),
            "register": absolute_url("events:register", *DATE, language=language),
            "queue": absolute(reverse("submissions:index")),
            "sign_in": absolute_url("account_login", language=language),
            "admin": absolute(reverse("wagtailadmin_home")),
            "mailbox": mailbox,
            "tour": absolute_url("demo:tour", language=language),
            "try_as": absolute_url("demo:try_as", language=language),
        },
        "mail": mailbox,
    }


def addresses(language: str) -> dict[str, str]:
    """Return name → address of the pages that demo.json and the tour lead to, for readers of a language."""
    pages = queries.pages(tuple(PLACES.values()))
    return {name: address(pages[slug], language) for name, slug in PLACES.items() if slug in pages}


PLACES = {
    "news": "adjara-needs",
    "news_list": "news",
    "office": "zelvara",
    "hub": "bazari",
    "project": "reintegration-pilot",
    "service": "first-advice",
    "body": "advisory-council",
    "standard": "how-we-work",
    "calls": "grants",
    "call": "associations-fund",
    "events": "events",
    "event": "cv-online",
    "series": "seven-cities",
    "accessibility": "accessibility",
    "privacy": "privacy",
}
"""Name in demo.json → slug of the page."""

CALL = "MV"
"""The code of the call that `call` and `apply` lead to."""

DATE = ("ECO", 7)
"""Event and number of the date that `register` leads to."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the tour: what to do, what it shows, and where: a page, a place or a role to become."""

    title: Promise
    text: Promise
    page: str = ""
    """Name of a route."""

    place: str = ""
    """Name in PLACES."""

    role: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A step and its address for this reader; there is none for a role, which takes a button."""

    step: Step
    url: str = ""


TOUR = (
    Step(
        _("Read the news in your language"),
        _("Who took part, in which role, and what it belongs to. Switch the language: no page is lost."),
        place="news",
    ),
    Step(
        _("Find the sentence that is out of date"),
        _("One sentence of the news was changed; in Italian it is still the old one. An editor sees which."),
        role="editor",
    ),
    Step(
        _("Go on with an application"),
        _("Two thirds are done, one photo is missing, and in three days the call closes. Send it."),
        role="applicant",
    ),
    Step(
        _("Register for a meeting"),
        _("Seven cities, one page: a name is enough, the ticket can be printed. Tbilisi is full, two wait."),
        place="series",
    ),
    Step(
        _("Read what has come in"),
        _("One queue for everything: five are new, one is overdue. Ask about a single answer."),
        role="officer",
    ),
    Step(
        _("Look after a date that is full"),
        _("Why does nobody move up, and what would two more seats mean? Who has no e-mail address is rung."),
        role="event_manager",
    ),
    Step(
        _("Read what was sent"),
        _("Every mail of this site lies in one mailbox, in the language of its reader."),
        page="demo:mailbox",
    ),
)


def tour(language: str) -> list[Stop]:
    """Return the stops of the tour with their addresses; a stop whose page is gone is left out."""
    places = addresses(language)
    return [
        Stop(step, reverse(step.page) if step.page else places.get(step.place, ""))
        for step in TOUR
        if not step.place or step.place in places
    ]
