"""Links in texts of editors that lead out of the site."""

from django.utils.html import escape
from wagtail.rich_text import LinkHandler


class OutsideLinkHandler(LinkHandler):
    """A link to another site, which learns nothing of where its visitor came from by the window."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """Return the opening tag."""
        return f'<a href="{escape(attrs["href"])}" rel="external noopener">'
