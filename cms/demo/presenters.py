"""What people and tools are told about the demonstration."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.core.absolute import absolute, absolute_url
from cms.demo.access import token_of
from cms.demo.people import PEOPLE


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
            "sign_in": absolute_url("account_login", language=language),
            "admin": absolute(reverse("wagtailadmin_home")),
            "mailbox": mailbox,
            "tour": absolute_url("demo:tour", language=language),
            "try_as": absolute_url("demo:try_as", language=language),
        },
        "mail": mailbox,
    }


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the tour: what to do, what it shows, and a link (role to become, or a page)."""

    title: Promise
    text: Promise
    page: str = ""
    role: str = ""


TOUR = (
    Step(
        _("Sign in with a code"),
        _("Ask for a code as citizen@khidi.example. There is no password to forget."),
        page="account_login",
    ),
    Step(
        _("Read what was sent"),
        _("Every mail of this site lies in one mailbox, in the language of its reader."),
        page="demo:mailbox",
    ),
    Step(
        _("Look after people and units"),
        _("An administrator gives roles for a unit; a role counts in its hubs too."),
        role="admin",
    ),
    Step(
        _("See the office as an editor"),
        _("The same admin, with only what an editor may see and change."),
        role="editor",
    ),
)
