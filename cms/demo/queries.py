"""What the mailbox shows, and where the pages of the demonstration are now."""

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Page

from cms.demo.models import DemoMail
from cms.demo.seed.content import page_key
from cms.messages.enums import Channel
from cms.messages.models import Message

LATEST = 100


def mails(to: str = "") -> QuerySet[DemoMail]:
    """Return the latest mails, those to one address if `to` names it."""
    found = DemoMail.objects.all()
    if to:
        found = found.filter(recipients__icontains=to)
    return found[:LATEST]


def calls() -> QuerySet[Message]:
    """Return the latest messages that staff read out by telephone."""
    return Message.objects.filter(channel=Channel.CALL).order_by("-id")[:LATEST]


def pages(slugs: tuple[str, ...]) -> dict[str, Page]:
    """Return seeded pages by slug, in the language of the source; those that somebody deleted are missing."""
    slug_of = {page_key(slug): slug for slug in slugs}
    found = Page.objects.live().filter(
        translation_key__in=slug_of, locale__language_code=settings.LANGUAGE_CODE
    )
    return {slug_of[page.translation_key]: page for page in found}
