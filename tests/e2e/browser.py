"""A real Chromium that watches itself: what a page must never do fails the test that opened it."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.servers.programs import need

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
PHONE, DESKTOP = 390, 1280
HEIGHTS = {PHONE: 844, DESKTOP: 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine; nothing is downloaded."""
    with sync_playwright() as playwright:
        program = str(need("chromium-headless-shell"))
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """One person with one browser window, and a list of what went wrong in it.

    `complaints` holds requests to other hosts, requests that failed, errors of scripts, refusals of
    the content security policy and whatever else the console calls an error.
    """

    def __init__(
        self, browser: Browser, site: str, *, width: int = DESKTOP, theme: str = "light", scripts: bool = True
    ) -> None:
        self.site = site
        self.complaints: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            color_scheme=theme,
            java_script_enabled=scripts,
        )
        self.context.on("request", self._check_host)
        self.context.on("requestfailed", self._check_failure)
        self.context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        self.context.on("console", self._check_console)
        self.page: Page = self.context.new_page()

    def open(self, path: str, *, status: int = 200) -> Page:
        """Open a page of the site and check its status."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status == status, path
        return self.page

    def close(self) -> None:
        """Close the window; fail if something went wrong in it."""
        self.context.close()
        assert self.complaints == [], self.complaints

    def _check_host(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.site).netloc:
            self.complaints.append(f"left the site: {request.url}")

    def _check_failure(self, request: Request) -> None:
        # Aborted: the visitor has gone on before a font or picture of the last page had come.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _check_console(self, message: ConsoleMessage) -> None:
        # Chromium reports the status of every 404 page as an error of loading it; `open` checks that.
        opened = message.location.get("url") == self.page.url and "status of" in message.text
        if message.type in {"error", "warning"} and not opened:
            self.complaints.append(f"console: {message.text} {message.location.get('url', '')}".rstrip())


COLOURS = ("color-contrast", "link-in-text-block")
"""Rules of axe that can find something else in another theme."""


def accessibility(page: Page, *rules: str) -> list[str]:
    """Return what axe finds, with all its rules or some: rule, place, and what it says about it."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']} at {node['target']}: {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def cut_off(page: Page) -> list[str]:
    """Return texts that leave the window, and words of headings and labels broken in two."""
    return page.evaluate(CUT_OFF)


CUT_OFF = r"""() => {
  const wide = document.documentElement.clientWidth, found = [], range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lines = () => [...range.getClientRects()].filter((box) => box.width > 0);
  while (texts.nextNode()) {
    const text = texts.currentNode, around = text.parentElement;
    if (!text.data.trim() || !around.checkVisibility({ contentVisibilityAuto: true })) continue;
    if (around.closest(".vh, .skip, option")) continue;
    range.selectNodeContents(text);
    if (lines().some((box) => box.left < -1 || box.right > wide + 1)) found.push(text.data.trim());
    if (!around.closest("h1, h2, h3, dt, th, label, legend, summary, nav a, .button, .doors b")) continue;
    for (const word of text.data.matchAll(/\p{L}{2,}/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set(lines().map((box) => Math.round(box.top))).size > 1) found.push(`${word[0]} is broken`);
    }
  }
  return found;
}"""
