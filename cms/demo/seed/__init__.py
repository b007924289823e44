"""What the demonstration site holds; every step may be repeated and changes nothing that is there."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Collection, Locale, Page

from cms.accounts.models import Unit
from cms.demo.seed.applications import seed_applications
from cms.demo.seed.calls import publish_forms, seed_calls, seed_forms
from cms.demo.seed.check import checked
from cms.demo.seed.content import CONTENT
from cms.demo.seed.events import seed_dates, seed_events
from cms.demo.seed.messages import seed_messages
from cms.demo.seed.pages import seed_pages
from cms.demo.seed.people import seed_people
from cms.demo.seed.references import Stored
from cms.demo.seed.registrations import seed_registrations
from cms.demo.seed.rewording import read_change, reword
from cms.demo.seed.snippets import seed_snippets
from cms.demo.seed.translations import Ledger


@transaction.atomic
def seed() -> None:
    """Add whatever is missing of the demonstration."""
    seed_people()
    seed_site()
    seed_applications()
    seed_registrations()
    seed_messages()


def seed_site(folder: Path = CONTENT) -> None:
    """Add the snippets and pages that are missing, and let the office's editors write them."""
    content = checked(folder)
    change = read_change(folder, content)
    for code in dict(settings.LANGUAGES):
        Locale.objects.get_or_create(language_code=code)
    stored, ledger = Stored(), Ledger()
    notices = [item for item in content.snippets if item.kind == "notice"]
    seed_forms(content.forms, stored)
    seed_calls(content.calls, stored)
    seed_snippets([item for item in content.snippets if item.kind != "notice"], stored, ledger)
    seed_snippets(content.forms, stored, ledger)
    seed_events(content.events, stored)
    tree = seed_pages([change.before(item) for item in content.pages], stored, ledger)
    seed_snippets(notices, stored, ledger)  # They name pages.
    ledger.write()
    seed_dates(content.events, stored)  # They name hubs, which are pages.
    publish_forms(content.forms)  # Compiling asks wagtail-localize for every language.
    let_editors_write()
    if (change.page, settings.LANGUAGE_CODE) in tree.made:
        reword(item=content.page(change.page), change=change, tree=tree)


def let_editors_write() -> None:
    """Give the editors of the office all pages, pictures and documents, unless somebody chose otherwise."""
    office = Unit.objects.get(code="office")
    if office.root_page is None and office.collection is None:
        office.root_page, office.collection = Page.get_first_root_node(), Collection.get_first_root_node()
        office.save()
