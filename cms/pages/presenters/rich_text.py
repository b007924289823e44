"""Links in texts of editors to pages of ours."""

import re

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.rich_text.pages import PageLinkHandler

from cms.pages.presenters.links import linked

NUMBER = re.compile(r"\d{1,9}$", re.ASCII)
"""What may be the number of a page; databases refuse larger ones."""


class ReaderPageLinkHandler(PageLinkHandler):
    """A link to a page: in the language in use, else in the best there is, at its address.

    What is not published is no link: its address would only answer 404. What is behind a password
    asks for it there.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tags of all links of a text, with one question at most."""
        numbers = [
            int(found[0]) if (found := NUMBER.match(attrs.get("id", ""))) else 0 for attrs in attrs_list
        ]
        links = linked(numbers, get_language() or "", shut=True)
        return [f'<a href="{escape(links[number].url)}">' if number in links else "<a>" for number in numbers]
