"""Links in texts of editors: to the best page for the reader, and out of the site with care."""

from uuid import UUID

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from cms.core.languages import address_in, fallbacks


class ReaderPageLinkHandler(PageLinkHandler):
    """A link to a page of ours: in the language in use, else in the best there is, at its address.

    What is not published is no link: its address would only answer 404.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tags, with one question for all pages of a text."""
        identities = [int(attrs["id"]) if attrs.get("id", "").isdecimal() else 0 for attrs in attrs_list]
        keys, best = _best(identities, get_language() or "")
        tags = []
        for identity in identities:
            address = best.get(keys[identity]) if identity in keys else None
            tags.append(f'<a href="{escape(address)}">' if address else "<a>")
        return tags


class OutsideLinkHandler(LinkHandler):
    """A link to another site, which learns nothing of where its visitor came from by the window."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """Return the opening tag."""
        return f'<a href="{escape(attrs["href"])}" rel="external noopener">'


def _best(identities: list[int], language: str) -> tuple[dict[int, UUID], dict[UUID, str]]:
    """Return whose translations the pages are, and the address of the best one for the language."""
    order = {code: place for place, code in enumerate([language, *fallbacks(language)])}
    wanted = Page.objects.filter(pk__in=identities).values("translation_key")
    pages = list(Page.objects.filter(translation_key__in=wanted).select_related("locale"))
    keys = {page.pk: page.translation_key for page in pages}
    live = [page for page in pages if page.live]
    best: dict[UUID, str] = {}
    # The best comes last and stays.
    for page in sorted(live, key=lambda page: -order.get(page.locale.language_code, len(order))):
        own = page.get_url() or ""
        best[page.translation_key] = (
            own if page.locale.language_code == language else address_in(language, own)
        )
    return keys, best
