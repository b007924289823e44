"""A whole application, as a browser sends it: from the page on which it begins to the receipt."""

import re
import time
from collections.abc import Iterable, Mapping
from http.client import HTTPConnection
from io import BytesIO
from itertools import islice
from typing import NamedTuple, Protocol

from PIL import Image

from tests.bench.servers import Cost, Server

CALL = "/ka/apply/MV/"
TEXT = "შაბათობით წიგნებს ეზოში გამოვიტანთ და ერთად ვკითხულობთ. " * 8
CHOSEN = "(the first)"
"""Stands for whatever the page offers first: the organisation of whoever applies."""

STEPS: dict[str, dict[str, str | list[str]]] = {
    "organisation": {
        "organisation": CHOSEN,
        "contact_name": "ნინო წყაროელი",
        "contact_email": "nino@example.org",
        "contact_phone": "+995 555 12 34 56",
        "funded_before": "no",
    },
    "project": {
        "title": "ბიბლიოთეკა ეზოში",
        "summary": TEXT,
        "change": TEXT,
        "for_whom": ["arrived", "young"],
        "place": "ზელვარა",
        "starts_day": "1", "starts_month": "9", "starts_year": "2030",
        "ends_day": "1", "ends_month": "12", "ends_year": "2030",
    },
    "money": {"amount": "6 000,00", "own_share": "0", "second_funder": "no", "what_for": "წიგნები 6000"},
    "documents": {"truth": "on"},
}  # fmt: skip
FILES = {"documents": ["statutes"]}

BOUNDARY = "----khidi-bench"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
Fields = dict[str, str | list[str] | bytes]
"""Name → text, several texts, or a file."""

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    location: str
    text: str


class Browser(Protocol):
    """Asks for one page at a time and keeps its cookies."""

    def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        """Send one request."""


class Wire:
    """A browser that speaks HTTP over one connection, from an address of its own."""

    def __init__(self, port: int, *, cookies: Mapping[str, str], address: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(address, 0))
        self.cookies = dict(cookies)

    def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        """Send one request; read the whole answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = MULTIPART
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, answer.headers.get("Location", ""), text)


class Applications:
    """A measurement: some people apply, one after the other."""

    TOGETHER = 3

    def __init__(self, site: Server, cookies: Iterable[Mapping[str, str]]) -> None:
        self.site = site
        self.waiting = enumerate(cookies, 2)  # Each comes from an address of their own, from 127.0.0.2 on.

    def __call__(self) -> Cost:
        """Return what an application costs."""
        before, began = self.site.spent(), time.monotonic()
        for number, cookies in islice(self.waiting, self.TOGETHER):
            apply(Wire(self.site.port, cookies=cookies, address=f"127.0.0.{number}"))
        spent, took = self.site.spent() - before, time.monotonic() - began
        return Cost(rate=self.TOGETHER / took, cpu=spent / self.TOGETHER)


def apply(browser: Browser) -> str:
    """Begin, fill in four steps, check, send; return the reference on the receipt.

    Raises:
        RuntimeError: a page was not the one that comes next.

    """
    place = post(browser, CALL, look(browser, CALL), {})
    look(browser, place)
    at = f"{place}step/organisation/"
    for step, answers in STEPS.items():
        expect(at.endswith(f"/step/{step}/"), at)
        page = look(browser, at)
        at = post(browser, at, page, typed(step, answers, page))
    expect(at == f"{place}check/", at)
    receipt = look(browser, post(browser, at, look(browser, at), {}))
    found = re.search(r"data-reference>([^<]+)<", receipt)
    expect(found is not None, receipt)
    return found[1] if found else ""


def typed(step: str, answers: Mapping[str, str | list[str]], page: str) -> Fields:
    """Return the fields of a step as they are posted."""
    fields: Fields = {f"{step}-{name}": value for name, value in answers.items()}
    for name in (name for name, value in fields.items() if value == CHOSEN):
        offered = re.search(f'name="{name}" value="([^"]+)"', page)
        expect(offered is not None, page)
        fields[name] = offered[1] if offered else ""
    for name in FILES.get(step, ()):
        fields[f"{step}-{name}"] = document()
    return fields


def document() -> bytes:
    """Return a PDF of one page."""
    written = BytesIO()
    Image.new("RGB", (400, 560), "white").save(written, "PDF")
    return written.getvalue()


def look(browser: Browser, path: str) -> str:
    """Open a page; return what stands in its main part."""
    answer = browser.ask("GET", path)
    expect(answer.status == 200, f"{path}: {answer.status} {answer.location}")
    return answer.text.partition("<main")[2]


def post(browser: Browser, path: str, page: str, fields: Fields) -> str:
    """Send the form of a page; return where it leads."""
    answer = browser.ask("POST", path, encoded({**dict(HIDDEN.findall(page)), **fields}))
    expect(answer.status == 302, f"{path}: {answer.status}\n{re.findall('class=.error[^<]+<', answer.text)}")
    return answer.location


def encoded(fields: Fields) -> bytes:
    """Return fields as a form with files sends them."""
    parts: list[bytes] = []
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
            if isinstance(one, bytes):
                head += f'; filename="{name}.pdf"\r\nContent-Type: application/pdf'
            parts.append(
                head.encode() + b"\r\n\r\n" + (one if isinstance(one, bytes) else one.encode()) + b"\r\n"
            )
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def expect(good: bool, told: str) -> None:  # noqa: FBT001 - reads as an assertion, which -O would drop
    """Stop at what was not meant.

    Raises:
        RuntimeError: it is not good.

    """
    if not good:
        raise RuntimeError(f"The application came to something else: {told[:2000]}")
