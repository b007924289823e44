"""An address for every public template: what a visitor can be shown at all."""

from pathlib import Path
from tomllib import loads

from wagtail.models import Page

from cms.events.models import EventIndexPage, EventPage
from cms.grants.models import CallIndexPage, CallPage
from cms.pages.models import (
    AccessibilityPage,
    BodyPage,
    HomePage,
    HubPage,
    NewsIndexPage,
    NewsPage,
    OfficePage,
    PrivacyPage,
    ProjectPage,
    SectionPage,
    ServicePage,
    StandardPage,
)
from tests.pages.factories import shut
from tests.permissions import __file__ as permissions

EMPTY = "news/?category=report&topic=housing"
"""A list in which nothing is found."""

TYPES: dict[type[Page], list[str]] = {
    HomePage: [""],
    NewsIndexPage: ["news/", "news/?topic=housing", EMPTY],
    NewsPage: ["news/adjara-needs/", "news/counselling-change/"],
    SectionPage: ["offices/", "hubs/", "services/", "projects/"],
    OfficePage: ["offices/zelvara/", "offices/examples/dresden/"],
    HubPage: ["hubs/sadguri/"],
    ServicePage: ["services/first-advice/"],
    ProjectPage: ["projects/emerge/", "projects/reintegration-pilot/"],
    BodyPage: ["bodies/advisory-council/"],
    CallIndexPage: ["grants/"],
    CallPage: ["grants/associations-fund/", "grants/small-ideas/", "grants/summer-encounters/"],
    EventIndexPage: ["events/", "events/?when=past", "events/?seats=free"],
    EventPage: ["events/seven-cities/"],
    StandardPage: ["how-we-work/"],
    AccessibilityPage: ["accessibility/"],
    PrivacyPage: ["privacy/"],
}
"""Page type → addresses after the language. Most are not in Arabic: there one sees the fallback."""

SHUT = "bodies/round-table/"
"""Behind a password, once `shut_one_page` was called."""

ROUTES = {
    "display": "display/",
    "account_login": "account/login/",
    "account_signup": "account/signup/",
    "account_inactive": "account/inactive/",
    "grants:start": "apply/MV/",
    "grants:questions": "apply/MV/questions/",
    "events:register": "register/ECO/1/",
    "forms:mine": "my/",
    "forms:links": "my/links/",
    "demo:tour": "demo/",
    "demo:try_as": "demo/try-as/",
    "demo:mailbox": "demo/mailbox/",
    "demo:reset": "demo/reset/",
    "wagtailcore_authenticate_with_password": SHUT,
}
"""Route → address that shows its page."""

NO_PAGE = {
    "live": "for machines",
    "ready": "for machines",
    "robots": "for machines",
    "sitemap": "for machines",
    "news_feed": "for machines",
    "calendar:feed": "a file",
    "calendar:event": "a file",
    "calendar:date": "a file",
    "wagtail_serve": "the types of pages, above",
    "favicon": "a file",
    "wagtaildocs_serve": "a file",
    "wagtaildocs_authenticate_with_password": "the same template as for pages",
    "wagtailcore_login": "leads to sign-in",
    "wagtailadmin_login": "leads to sign-in",
    "wagtailadmin_logout": "leads to sign-out",
    "forms:find": "the same page as forms:mine; without a reference it leads there",
    "forms:leave": "takes a POST",
    "forms:resume": "comes after a mail; tests/e2e/axe/test_after_sending.py looks at it",
    "account_logout": "leads home who is not signed in",
    "account_request_login_code": "leads to sign-in",
    "account_reauthenticate": "leads to sign-in",
    "account_confirm_login_code": "comes after sign-in, where a test of its own looks at it",
    "account_email_verification_sent": "comes after making an account, where a test of its own looks at it",
    "mfa_authenticate": "leads to sign-in who has not given a code",
    "demo:try_as_person": "takes a POST",
    "demo:try_as_link": "leads on",
}
"""Public route → why no page of its own is shown there."""

MISSING = "nothing/"

ADDRESSES = [*(address for some in TYPES.values() for address in some), *ROUTES.values(), MISSING]


def status(address: str) -> int:
    """Return what an address answers."""
    return 404 if address == MISSING else 200


def public_routes() -> set[str]:
    """Return the names of all routes that visitors may open; tests/permissions looks that none is missing."""
    lines = loads(Path(permissions).with_name("audience.toml").read_text(encoding="utf-8"))["routes"]
    return {name for name, line in lines.items() if line.split()[0] in {"public", "demo", "site"}}


def shut_one_page() -> None:
    """Put a page behind a password, in every language."""
    for page in Page.objects.filter(slug=SHUT.strip("/").rpartition("/")[2]):
        shut(page)
