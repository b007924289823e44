"""What stands in a template once Django's own syntax is taken away."""

import re
from html.parser import HTMLParser

COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(
    r"\{%-?\s*blocktrans(?:late)?\b.*?%\}.*?\{%-?\s*endblocktrans(?:late)?\s*%\}", re.DOTALL
)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}")
SHOWN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "summary"}
NO_TEXT = {"script", "style", "code"}


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "", match[0])  # Line numbers stay right.


def plain(text: str) -> str:
    """Return the template without comments, translated blocks, tags and variables."""
    for pattern in (COMMENTS, TRANSLATED, TAGS):
        text = pattern.sub(_blank, text)
    return text


class TextFinder(HTMLParser):
    """Collects (line, text) that people would read but nobody can translate.

    Text inside an element with a literal `lang` is a name or a quotation in that language.
    """

    VOID = {
        "meta",
        "link",
        "input",
        "br",
        "hr",
        "img",
        "path",
        "circle",
        "source",
        "wbr",
        "col",
        "rect",
        "use",
    }

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.quiet: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes people see or hear; notice where text is no text."""
        names = dict(attrs)
        for name in SHOWN_ATTRIBUTES & names.keys():
            self._look(names[name] or "")
        named_language = tag != "html" and bool(names.get("lang"))
        if tag not in self.VOID and (self.quiet or tag in NO_TEXT or named_language):
            self.quiet.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave the innermost quiet element of this name."""
        if tag in self.quiet:
            while self.quiet.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Look at text between tags."""
        if not self.quiet:
            self._look(data)

    def _look(self, text: str) -> None:
        if LETTERS.search(text):
            self.found.append((self.getpos()[0], " ".join(text.split())))


def untranslated(text: str, *, html: bool) -> list[tuple[int, str]]:
    """Return (line, text) for each piece of hard-coded text of a template."""
    if not html:
        lines = enumerate(plain(text).splitlines(), 1)
        return [(number, line.strip()) for number, line in lines if LETTERS.search(line)]
    finder = TextFinder()
    finder.feed(plain(text))
    finder.close()
    return finder.found
