"""What running text and its blocks need: `{% load body %}`."""

from typing import Any, Final

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from wagtail.rich_text import RichText

from cms.core.formats.bidi import foreign, kept_in_line
from cms.core.formats.sizes import file_size
from cms.core.languages import reader_language
from cms.core.text.listed import listed
from cms.core.text.slug import slug

register = template.Library()

KINDS: Final = {
    "csv": "CSV", "doc": "Word", "docx": "Word", "jpg": "JPEG", "jpeg": "JPEG", "odp": "OpenDocument",
    "ods": "OpenDocument", "odt": "OpenDocument", "pdf": "PDF", "png": "PNG", "ppt": "PowerPoint",
    "pptx": "PowerPoint", "rtf": "RTF", "txt": "TXT", "xls": "Excel", "xlsx": "Excel", "zip": "ZIP",
}  # fmt: skip
"""Endings of file names → what people call such a file."""


@register.filter
def anchor(heading: str) -> str:
    """`id="{{ heading|anchor }}"`: the same for the same words, and never an id of the page around it."""
    return f"on-{slug(str(heading), limit=60)}"


@register.simple_tag(takes_context=True)
def rich(context: Context, value: RichText | str, language: str = "") -> SafeString:
    """`{% rich text %}`: a text of an editor, whose links stay in the reader's part of the site.

    With a `language` the text is marked where it is not the reader's.
    """
    text = value if isinstance(value, RichText) else RichText(value)
    with override(reader_language(context)):
        html = mark_safe(str(text))  # noqa: S308 - Wagtail's own, from a list of allowed elements
    marks = foreign(language)
    return format_html('<div class="prose"{}>{}</div>', marks, html) if marks else html


@register.filter
def kind_and_size(document: Any) -> SafeString:
    """`{{ document|kind_and_size }}`: "PDF, 320 KB"; without a file on the disk only what it is."""
    ending = str(document.file_extension).lower()
    size = document.get_file_size()
    parts = [KINDS.get(ending, ending), file_size(size) if size else ""]
    return kept_in_line(listed(parts))


@register.filter
def phone(value: str) -> SafeString:
    """`{{ contact.phone|phone }}`: a number to touch and ring."""
    digits = "".join(sign for sign in str(value) if sign.isascii() and (sign.isdigit() or sign == "+"))
    return format_html('<a class="nowrap" href="tel:{}"><bdi dir="ltr">{}</bdi></a>', digits, value)


@register.filter
def email(value: str) -> SafeString:
    """`{{ contact.email|email }}`: an address to write to; a line may break before its @."""
    name, at, host = str(value).partition("@")
    shown = mark_safe(f"{conditional_escape(name)}<wbr>{at}{conditional_escape(host)}")  # noqa: S308 - escaped here
    return format_html('<a href="mailto:{}"><bdi dir="ltr">{}</bdi></a>', value, shown)
