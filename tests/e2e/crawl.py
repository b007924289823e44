"""A reader who follows every link of the site and looks at each page closely."""

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import html5lib
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from html5lib.html5parser import ParseError

from cms.core.languages import direction

HOST = "http://testserver"
MTAVRULI = re.compile("[\u1c90-\u1cbf]")
IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)""")
NOT_FOLLOWED = re.compile(r"^/(?:admin|documents)/|^/[a-z-]+/(?:account/logout|_util)/")
"""The admin is for staff, and leaving is no page."""

LOADED = {"link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src", "use": "href"}
"""Element → attribute that names what a browser loads by itself."""


@dataclass
class Crawl:
    """What was seen of the site, and what was wrong with it."""

    client: object
    pages: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    titles: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    files: set[str] = field(default_factory=set)
    outward: set[str] = field(default_factory=set)
    _waiting: deque = field(default_factory=deque)
    _seen: set[str] = field(default_factory=set)

    def start(self, address, source):
        """Follow an address that stands somewhere, once."""
        whole = urldefrag(urljoin(HOST + source, address))[0]
        parts = urlsplit(whole)
        if not whole.startswith(HOST):
            if parts.scheme in {"http", "https"}:
                self.outward.add(whole)
            return
        name = parts.path + (f"?{parts.query}" if parts.query else "")
        if name in self._seen or again(parts.query) or NOT_FOLLOWED.match(name):
            return
        self._seen.add(name)
        self._waiting.append((name, source))

    def run(self):
        """Follow everything that waits."""
        while self._waiting:
            address, source = self._waiting.popleft()
            response = self.client.get(address)
            if response.status_code in {301, 302}:
                self.start(response.headers["Location"], address)
                continue
            if response.status_code != 200:
                why = repr(response.exc_info[1]) if getattr(response, "exc_info", None) else ""
                self.complain(source, f"a link to {address} answers {response.status_code} {why}")
                continue
            self.pages.append(address)
            kind = response.headers["Content-Type"]
            if kind.startswith("text/html"):
                Look(self, address, response).check()
            elif "xml" in kind:
                self._check_feed(address, response)

    def complain(self, address, what):
        """Note a mistake."""
        self.problems.append(f"{unquote(address)}: {what}")

    def load(self, address, source):
        """Look at a file that a page or stylesheet loads: it must be ours, and be there."""
        whole = urljoin(HOST + source, address)
        if not whole.startswith(HOST):
            self.complain(source, f"loads {address} from another host")
            return
        path = unquote(urlsplit(whole).path)
        if path in self.files:
            return
        self.files.add(path)
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            if not found:
                self.complain(source, f"loads {path}, which is missing")
            elif path.endswith(".css"):
                for name in IN_CSS.findall(Path(found).read_text(encoding="utf-8")):
                    self.load(name, path)
        elif path.startswith("/media/"):
            if not default_storage.exists(path.removeprefix("/media/")):
                self.complain(source, f"loads {path}, which is missing")
        else:
            self.start(path, source)

    def _check_feed(self, address, response):
        tree = ET.fromstring(response.content)  # noqa: S314 - our own sitemap and feeds
        for element in tree.iter():
            name = element.tag.rpartition("}")[2]
            text = (element.text or "").strip() if name in {"loc", "link"} else ""
            for found in filter(None, (text, element.get("href"))):
                self.start(at_home(found), address)
        if MTAVRULI.search(response.text):
            self.complain(address, "shows Mtavruli letters")


class Look:
    """A close look at one HTML page."""

    def __init__(self, crawl, address, response):
        self.crawl, self.address, self.response = crawl, address, response
        self.tree = None

    def complain(self, what):
        self.crawl.complain(self.address, what)

    def check(self):
        """Look at everything."""
        try:
            parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
            self.tree = parser.parse(self.response.content)
        except ParseError as error:
            self.complain(f"is no valid HTML: {error}")
            return
        self.check_language()
        self.check_headings()
        self.check_policy()
        self.check_ids()
        self.check_links()
        if MTAVRULI.search(self.response.text):
            self.complain("shows Mtavruli letters")

    def check_language(self):
        language = self.address.split("/")[1]
        given = (self.tree.get("lang"), self.tree.get("dir"))
        if given != (language, direction(language)):
            self.complain(f"html says {given}")
        context = getattr(self.response, "context", None)
        if context is None or "content_language" not in context:
            return
        shown = context["content_language"]
        self.crawl.types.add(type(context["page"]).__name__)
        article = next(self.tree.iter("article"), None)
        given = (article.get("lang"), article.get("dir")) if article is not None else None
        if given != (shown, direction(shown)):
            self.complain(f"article says {given}, but is {shown}")
        if context["fallback"] != (shown != language):
            self.complain("does not know whether it is a fallback")

    def check_headings(self):
        if (count := len(list(self.tree.iter("h1")))) != 1:
            self.complain(f"has {count} h1")
        title = "".join(next(self.tree.iter("title")).itertext()).strip()
        if not title.split(" – ")[0]:
            self.complain("has no title")
        path = urlsplit(self.address).path
        self.crawl.titles[path.split("/")[1], title].add(path)

    def check_policy(self):
        for element in self.tree.iter():
            if not isinstance(element.tag, str):
                continue
            spoken = [name for name in element.attrib if isinstance(name, str) and name.startswith("on")]
            if "style" in element.attrib or spoken or element.tag == "style":
                self.complain(f"<{element.tag}> has an inline style or script")
            data = element.get("type") == "application/ld+json"
            if element.tag == "script" and not element.get("src") and not data:
                self.complain("has an inline script")

    def check_ids(self):
        ids = [element.get("id") for element in self.tree.iter() if element.get("id")]
        if twice := {name for name in ids if ids.count(name) > 1}:
            self.complain(f"has ids twice: {', '.join(sorted(twice))}")

    def check_links(self):
        for element in self.tree.iter():
            if element.tag == "a" and (href := element.get("href")):
                if not name_of(element):
                    self.complain(f"has a link without text to {href}")
                if href.startswith("#") and href[1:] not in {part.get("id") for part in self.tree.iter()}:
                    self.complain(f"leads to {href}, which is not on it")
                self.crawl.start(href, self.address)
            elif element.tag == "link" and element.get("rel") in {"alternate", "canonical"}:
                self.crawl.start(at_home(element.get("href")), self.address)
            elif element.tag in LOADED:
                names = [element.get(LOADED[element.tag])]
                sizes = (element.get("srcset") or "").split(",")
                names += [part.split()[0] for part in sizes if part.strip()]
                for name in filter(None, names):
                    if not name.startswith("#"):
                        self.crawl.load(name, self.address)


def again(query):
    """Tell whether an address is a page seen before in all but a detail.

    That is where to go back to, and all combinations of filters: one at a time is enough.
    """
    told = dict(parse_qsl(query))
    return "next" in told or len(told) > 1


def at_home(address):
    """Return an address of ours, which feeds and heads write in full, at the host of the test."""
    return address.replace(settings.SITE_URL, HOST)


def name_of(element):
    """Return what assistive technology reads for a link, roughly."""
    pictures = "".join(picture.get("alt") or "" for picture in element.iter("img"))
    return (element.get("aria-label") or "").strip() or ("".join(element.itertext()) + pictures).strip()
