"""The same text as HTML: paragraphs, lists, a reference, and links to our own site only.

Texts are written for people who read plain mail. A few habits of plain mail carry meaning: lines
that begin with "1." or "-" are a list, a paragraph set in by four spaces is a code or a reference,
and an address of our own below a line that ends with a colon is a button. Everything is escaped;
an address of anybody else stays text, so that nobody can send links in our name.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.core.i18n import in_locale
from cms.core.languages import direction
from cms.messages.vault import Content

PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+")
NUMBERED = re.compile(r"\d+[.)]\s+(.*)")
DOTTED = re.compile(r"[-•]\s+(.*)")
ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)»”]")
COLON = re.compile(r"\s*[:：]$")  # noqa: RUF001 - the wide colon is one, too


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text: paragraph, ol, ul, reference or button."""

    kind: str
    lines: tuple[SafeString, ...]
    href: str = ""


def render(content: Content, *, language: str, sender: str) -> str:
    """Return the whole mail as HTML in `language` (read from right to left where it is)."""
    with in_locale(language) as code:
        return render_to_string(
            "mails/base.html",
            {
                "subject": content.subject,
                "blocks": list(blocks(content.body)),
                "sender": sender,
                "site_name": settings.WAGTAIL_SITE_NAME,
                "language": code,
                "direction": direction(code),
            },
        )


def style_source() -> str:
    """Return what a content security policy must allow so that the mail's own style works."""
    style = render_to_string("mails/look.css")
    digest = hashlib.sha256(style.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def blocks(body: str) -> Iterator[Block]:
    """Cut a text into blocks."""
    for paragraph in PARAGRAPHS.split(body.strip("\n")):
        lines = paragraph.splitlines()
        if lines:
            yield _block(lines)


def _block(lines: list[str]) -> Block:
    if len(lines) == 1 and lines[0].startswith("    "):
        return Block("reference", (format_html("{}", lines[0].strip()),))
    texts = [line.strip() for line in lines]
    for kind, pattern in (("ol", NUMBERED), ("ul", DOTTED)):
        items = [pattern.fullmatch(text) for text in texts]
        if all(items):
            return Block(kind, tuple(_linked(item.group(1)) for item in items if item))
    *before, last = texts
    if len(before) == 1 and COLON.search(before[0]) and ADDRESS.fullmatch(last) and _is_ours(last):
        return Block("button", (format_html("{}", COLON.sub("", before[0])),), href=last)
    return Block("paragraph", tuple(_linked(text) for text in texts))


def _is_ours(address: str) -> bool:
    return address == settings.SITE_URL or address.startswith(f"{settings.SITE_URL}/")


def _linked(text: str) -> SafeString:
    """Return escaped text in which addresses of our own site are links."""
    pieces: list[SafeString] = []
    at = 0
    for found in ADDRESS.finditer(text):
        address = found.group()
        if _is_ours(address):
            pieces.append(format_html("{}", text[at : found.start()]))
            pieces.append(format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', address, address))
            at = found.end()
    pieces.append(format_html("{}", text[at:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
