"""The pages that search engines may know."""

from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.pages.queries.tree import published

LARGEST = 50_000
"""What one map may hold, by the protocol of sitemaps."""


def pages_for_all() -> PageQuerySet:
    """Return every published page that needs no password and no sign-in, translations side by side."""
    pages = published(Page.objects.filter(depth__gt=1)).public().select_related("locale")
    return pages.order_by("translation_key", "locale__pk")[:LARGEST]
