"""`make pictures`: start a demonstration of its own, walk through it, keep what the documents show."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.e2e.browser import DESKTOP, HEIGHTS, PHONE, Visitor, chromium
from tests.servers.ports import free_port, wait_until

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "images"
CODE = re.compile(r"\d{4}-\d{4}")
PICTURES = (  # name, path, who, size and theme of the window, link to follow
    ("home-ka", "/ka/", "", (DESKTOP, HEIGHTS[DESKTOP], "light"), ""),
    ("home-ar", "/ar/", "", (PHONE, HEIGHTS[PHONE], "dark"), ""),
    ("news-ka", "/ka/news/adjara-needs/", "", (DESKTOP, HEIGHTS[DESKTOP], "light"), ""),
    ("call-ka", "/ka/grants/associations-fund/", "", (DESKTOP, HEIGHTS[DESKTOP], "light"), ""),
    ("call-ar", "/ar/grants/associations-fund/", "", (PHONE, HEIGHTS[PHONE], "light"), ""),
    ("helper-ka", "/ka/apply/KT/help/", "helper", (DESKTOP, HEIGHTS[DESKTOP], "light"), ""),
    ("office-ka", "/ka/offices/zelvara/", "", (DESKTOP, HEIGHTS[DESKTOP], "light"), ""),
    ("event-ka", "/ka/events/seven-cities/", "", (DESKTOP, 1120, "light"), ""),
    ("register-ar", "/ar/register/ECO/1/", "", (PHONE, 1240, "light"), ""),
    ("fallback-ar", "/ar/services/first-advice/", "", (PHONE, HEIGHTS[PHONE], "light"), ""),
    ("sign-in-ar", "/ar/account/login/", "", (PHONE, HEIGHTS[PHONE], "light"), ""),
    ("translations", "/admin/translations/", "editor", (DESKTOP, 640, "light"), ""),
    ("stale", "/admin/translations/", "editor", (DESKTOP, 340, "light"), "Out of date"),
    ("messages", "/admin/messages/", "admin", (DESKTOP, 700, "light"), ""),
    ("people", "/admin/users/", "admin", (DESKTOP, 560, "light"), ""),
    ("roles", "/admin/users/", "admin", (DESKTOP, HEIGHTS[DESKTOP], "light"), "ლევან მთისელი"),
    ("audit", "/admin/audit/", "admin", (DESKTOP, 560, "light"), ""),
    ("queue", "/admin/submissions/", "officer", (DESKTOP, 760, "light"), ""),
    ("inspect", "/admin/submissions/", "officer", (DESKTOP, HEIGHTS[DESKTOP], "light"), "Cucina sotto"),
)
NATIVE = (
    ("queue-ka", "/admin/submissions/", "officer", (DESKTOP, 760, "light"), ""),
    ("calls-de", "/admin/calls/", "event_manager", (DESKTOP, 500, "light"), ""),
)
"""Taken before staff read English."""


@contextmanager
def demonstration() -> Iterator[dict]:
    """Serve a new demonstration; yield what its demo.json says."""
    with TemporaryDirectory() as var:
        port, told = str(free_port()), Path(var, "demo.json")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "cms.settings.demo", "VAR": var, "PORT": port}
        # Whatever the shell or a file .env says: these pictures touch no other database, cache or broker.
        os.environ |= {"DATABASE_URL": f"sqlite:///{var}/demo.sqlite3", "CACHE_URL": "", "JOBS": "embedded"}
        os.environ |= {"SITE_URL": f"http://localhost:{port}"}
        with subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=ROOT) as site:
            try:
                wait_until(lambda: told.exists() or site.poll() is not None, seconds=180)
                django.setup()
                yield json.loads(told.read_text(encoding="utf-8"))
            finally:
                site.terminate()


def speak_english() -> None:
    """Let those read English whose work the documents show; no browser runs meanwhile."""
    from cms.accounts.models import User  # noqa: PLC0415 - models exist once Django is set up

    readers = [f"{role}@khidi.example" for role in ("admin", "editor", "officer", "event.manager")]
    User.objects.filter(email__in=readers).update(preferred_language="en")


def keep(page: Page, name: str) -> None:
    """Write what the window shows as a small PNG."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    # Small signs keep their colour, and grounds that are nearly alike stay two.
    small = shot.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{name}.png", optimize=True)


def walk(browser: Browser, site: str, links: dict[str, str], pictures: Any = PICTURES) -> None:
    """Take the pages that are one address away."""
    for name, path, who, (width, height, theme), link in pictures:
        visitor = Visitor(browser, site, width=width, theme=theme)
        visitor.page.set_viewport_size({"width": width, "height": height})
        if who:
            visitor.open(links[who])
        page = visitor.open(path)
        if link:
            page.get_by_role("link", name=link).first.click()
        keep(page, name)
        visitor.close()


def forms() -> tuple[str, str]:
    """Return where a story and opening hours with an exception are edited; asked before a browser runs."""
    from cms.pages.models import NewsPage, OpeningHours  # noqa: PLC0415 - models exist once Django is set up

    story = NewsPage.objects.get(slug="mediators-wanted", locale__language_code="ka")
    hours = OpeningHours.objects.filter(locale__language_code="ka")
    closed = next(row for row in hours if row.exceptions)
    edit = OpeningHours.snippet_viewset.get_url_name("edit")
    return reverse("wagtailadmin_pages:edit", args=[story.pk]), reverse(edit, args=[closed.pk])


def write(browser: Browser, site: str, link: str, story: str, hours: str) -> None:
    """Open a story as its editor does, with its preview, and opening hours where a day differs."""
    visitor = Visitor(browser, site)
    visitor.open(link)
    page = visitor.open(story)
    page.get_by_role("button", name="Toggle preview").click()
    page.frame_locator("#w-preview-iframe").locator("h1").wait_for()
    keep(page, "editing")
    page = visitor.open(hours)
    page.get_by_role("button", name="Toggle status").click()
    page.locator("[id$=exceptions-section]").evaluate("part => part.scrollIntoView({block: 'center'})")
    keep(page, "hours")
    visitor.close()


def handed_in() -> dict[str, str]:
    """Return where a draft, a question to the applicant and what a helper sent are; no browser runs yet."""
    from cms.forms.enums import Phase  # noqa: PLC0415 - models exist once Django is set up
    from cms.forms.models import Submission  # noqa: PLC0415 - as above

    mine = Submission.objects.filter(owner__email="applicant@khidi.example")
    return {
        "draft": f"my/{mine.get(phase=Phase.DRAFT).token}",
        "asked": f"my/{mine.get(phase=Phase.WAITING).token}",
        "helped": f"my/{Submission.objects.exclude(helper=None).get().token}",
    }


def apply(browser: Browser, site: str, links: dict[str, str], places: dict[str, str]) -> None:
    """Look at a draft and at a question, ask for more money than there is; have a code made as a helper."""
    visitor = Visitor(browser, site)
    visitor.open(links["applicant"])
    keep(visitor.open(f"/ka/{places['draft']}/"), "tasks-ka")
    keep(visitor.open(f"/it/{places['asked']}/status/"), "status-it")
    page = visitor.open(f"/de/{places['draft']}/step/money/")
    page.locator("[name=money-amount]").fill("48000")
    page.locator("form[data-autosave] .actions button").first.click()
    page.locator("main .summary").wait_for()
    keep(page, "step-de")
    visitor.close()
    visitor = Visitor(browser, site, width=PHONE)
    visitor.open(links["applicant"])
    keep(visitor.open(f"/ar/{places['draft']}/step/documents/"), "form-ar")
    visitor.close()
    visitor = Visitor(browser, site)
    visitor.open(links["helper"])
    page = visitor.open(f"/ka/{places['helped']}/receipt/")
    page.locator("form[action$='/code/'] button").click()
    page.locator("#code").wait_for()
    keep(page, "receipt-ka")
    visitor.close()


def come(browser: Browser, site: str, link: str) -> None:
    """Register for a date that has seats, with somebody else, and look at the ticket."""
    visitor = Visitor(browser, site, width=PHONE)
    visitor.open(link)
    page = visitor.open("/ka/register/ECO/1/")
    page.locator("[name=who-name]").fill("ნინო მთისპირელი")
    page.locator("[name=who-email]").fill("nino@khidi.example")
    for place, name in enumerate(("ნინო მთისპირელი", "ლუკა მთისპირელი")):
        page.locator("[name=who-people]").nth(place).fill(name)
    for _step in ("who", "needs", "check"):
        page.locator("main form .actions button:not([name])").first.click()
        page.wait_for_load_state("networkidle")
    page.locator("main a[href*='/register/ticket/']").first.click()
    page.set_viewport_size({"width": PHONE, "height": 1240})
    page.locator("main h1").evaluate("title => title.scrollIntoView()")  # Down to its code.
    keep(page, "ticket-ka")
    visitor.close()


def seats_pages() -> tuple[str, str]:
    """Return the page of the seats of a date with offers, and of another number of them; as above."""
    from cms.events.models import Occurrence  # noqa: PLC0415 - models exist once Django is set up

    date = Occurrence.objects.get(event__code="ECO", number=2)
    return reverse("event_dates:seats", args=[date.pk]), reverse("event_dates:capacity", args=[date.pk])


def run_events(browser: Browser, site: str, link: str, pages: tuple[str, str]) -> None:
    """Look at the seats of a date, and at what more of them would mean."""
    visitor = Visitor(browser, site)
    visitor.open(link)
    seats, capacity = pages
    keep(visitor.open(seats), "seats")
    visitor.page.set_viewport_size({"width": DESKTOP, "height": 500})
    keep(visitor.open(f"{capacity}?capacity=34"), "capacity")
    visitor.close()


def manage(browser: Browser, site: str, link: str, addresses: tuple[str, str, str]) -> None:
    """Ask an applicant, change a call, and build a form with its preview, as an officer does."""
    visitor = Visitor(browser, site)
    visitor.open(link)
    ask, call, form = addresses
    page = visitor.open(ask)
    page.get_by_role("textbox", name="What is unclear").fill("რას მოიცავს „სხვა ხარჯები“?")
    keep(page, "asking")
    page = visitor.open(call)
    page.locator("[name=zone]").evaluate("field => field.scrollIntoView({block: 'center'})")
    keep(page, "call")
    page = visitor.open(form)
    page.get_by_role("button", name="Toggle preview").click()
    page.frame_locator("#w-preview-iframe").locator("h1").wait_for()
    keep(page, "building")
    visitor.close()


def desk() -> tuple[str, str, str]:
    """Return where a question is asked, a call is changed and a form is built; no browser runs yet."""
    from cms.forms.models import FormDefinition, Submission  # noqa: PLC0415 - models exist once Django is set up
    from cms.grants.models import Call  # noqa: PLC0415 - as above

    late = Submission.objects.get(application__call__code="BM", language="ka")
    call = Call.objects.get(code="MV")
    text = FormDefinition.objects.get(form=call.form, locale__language_code="ka")
    edit = FormDefinition.snippet_viewset.get_url_name("edit")
    return (
        reverse("submissions:ask", args=[late.pk]),
        reverse("grant_calls:edit", args=[call.pk]),
        reverse(edit, args=[text.pk]),
    )


def sign_in(browser: Browser, site: str) -> None:
    """Sign in as staff do: the code from the mailbox, then the second factor."""
    visitor, reader = Visitor(browser, site), Visitor(browser, site)
    page = visitor.open("/en/account/login/")
    page.locator("main [name=login]").fill("approver@khidi.example")
    page.locator("main form .actions button").first.click()
    code = reader.page.locator("[data-to='approver@khidi.example']").get_by_text(CODE)
    assert wait_until(lambda: bool(reader.open("/en/demo/mailbox/") and code.count()), every=0.5)
    keep(reader.page, "mailbox")
    page.locator("main [name=code]").fill(CODE.search(code.first.inner_text())[0])
    page.locator("main form .actions button").first.click()
    page.wait_for_url("**/2fa/totp/activate/**")
    keep(visitor.open("/en/account/2fa/totp/activate/"), "second-factor")
    visitor.close()
    reader.close()


if __name__ == "__main__":
    with demonstration() as told:
        (story, hours), places, work, seats = forms(), handed_in(), desk(), seats_pages()
        site = told["url"].rstrip("/")
        accounts = {account["role"]: account["try_as_url"] for account in told["accounts"]}
        with chromium() as browser:
            walk(browser, site, accounts, NATIVE)
        speak_english()
        with chromium() as browser:
            sign_in(browser, site)
            write(browser, site, accounts["editor"], story, hours)
            walk(browser, site, accounts)
            manage(browser, site, accounts["officer"], work)
            apply(browser, site, accounts, places)
            come(browser, site, accounts["citizen"])
            run_events(browser, site, accounts["event_manager"], seats)
