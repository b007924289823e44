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
    ("office-ka", "/ka/offices/zelvara/", "", (DESKTOP, HEIGHTS[DESKTOP], "light"), ""),
    ("fallback-ar", "/ar/services/first-advice/", "", (PHONE, HEIGHTS[PHONE], "light"), ""),
    ("sign-in-ar", "/ar/account/login/", "", (PHONE, HEIGHTS[PHONE], "light"), ""),
    ("calls-de", "/admin/calls/", "event_manager", (DESKTOP, 500, "light"), ""),
    ("translations", "/admin/translations/", "editor", (DESKTOP, 640, "light"), ""),
    ("stale", "/admin/translations/", "editor", (DESKTOP, 340, "light"), "Out of date"),
    ("messages", "/admin/messages/", "admin", (DESKTOP, 700, "light"), ""),
    ("people", "/admin/users/", "admin", (DESKTOP, 560, "light"), ""),
    ("roles", "/admin/users/", "admin", (DESKTOP, HEIGHTS[DESKTOP], "light"), "ლევან მთისელი"),
    ("audit", "/admin/audit/", "admin", (DESKTOP, 560, "light"), ""),
)


@contextmanager
def demonstration() -> Iterator[dict]:
    """Serve a new demonstration, in English for administrator and editor; yield what its demo.json says."""
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
                from cms.accounts.models import User  # noqa: PLC0415 - models exist once Django is set up

                readers = ["admin@khidi.example", "editor@khidi.example"]
                User.objects.filter(email__in=readers).update(preferred_language="en")
                yield json.loads(told.read_text(encoding="utf-8"))
            finally:
                site.terminate()


def keep(page: Page, name: str) -> None:
    """Write what the window shows as a small PNG."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    # The colour of a small sign counts as much as that of the ground.
    small = shot.convert("RGB").quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{name}.png", optimize=True)


def walk(browser: Browser, site: str, links: dict[str, str]) -> None:
    """Take the pages that are one address away."""
    for name, path, who, (width, height, theme), link in PICTURES:
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
        story, hours = forms()
        site = told["url"].rstrip("/")
        accounts = {account["role"]: account["try_as_url"] for account in told["accounts"]}
        with chromium() as browser:
            sign_in(browser, site)
            write(browser, site, accounts["editor"], story, hours)
            walk(browser, site, accounts)
