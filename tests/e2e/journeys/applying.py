"""What people do who apply and who read applications, told without a word of any language.

Pages are known by names of fields, by where links lead and by what they mark with data attributes.
"""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image

from cms.jobs.runner import run_due

CODE = re.compile(r"\b\d{4}-\d{4}\b")
GPS = 0x8825
MAKER = "Telephone of Nino"


class Somebody:
    """A person at a window, who reads one language and may have a mailbox."""

    def __init__(self, window, language, email=""):
        self.window, self.page = window, window.page
        self.language, self.email = language, email

    @property
    def path(self):
        """Where the person is, without host and query."""
        return urlsplit(self.page.url).path

    def open(self, path):
        """Open a page below the language."""
        return self.window.open(f"/{self.language}/{path}")

    def press(self, selector):
        """Press the first button or link of this kind; come to the next page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def at(self, pattern):
        """Tell whether the address below the language is like this."""
        return re.fullmatch(f"/{self.language}/{pattern}", self.path) is not None

    # --- Mail

    def letters(self, text=""):
        """Return texts of the mails that hold this text, newest first; each is in the person's language."""
        run_due()
        mailbox = self.window.context.new_page()
        mailbox.goto(f"/{self.language}/demo/mailbox/?to={self.email}")
        found = mailbox.locator(f"article[data-to='{self.email}'] .prose", has_text=text)
        texts, languages = found.all_inner_texts(), found.evaluate_all("all => all.map((it) => it.lang)")
        mailbox.close()
        assert set(languages) <= {self.language}
        return texts

    def address_in(self, text, part):
        """Return the address on this site that stands in the newest mail with a text, and holds a part."""
        found = re.findall(re.escape(self.window.site) + r"\S+", self.letters(text)[0])
        return next(address for address in found if part in address)

    # --- Accounts

    def enter_code(self):
        """Type the code out of the newest mail that has one."""
        codes = (CODE.search(letter) for letter in self.letters())
        self.page.locator("main [name=code]").fill(next(filter(None, codes))[0])
        self.press("main form .actions button")

    def make_account(self):
        """Make an account, from the page for signing in."""
        self.press("main a[href*='/account/signup/']")
        self.page.locator("main [name=email]").fill(self.email)
        self.press("main form .actions button")
        self.enter_code()

    def sign_in(self):
        """Sign in, on the page for it."""
        self.page.locator("main [name=login]").fill(self.email)
        self.press("main form .actions button")
        self.enter_code()

    def choose(self, section):
        """Open the menu, where it is closed, and go to a section."""
        link = self.page.locator(f".nav a[href='/{self.language}/{section}']")
        if not link.is_visible():
            self.page.locator(".nav summary").click()
        self.press(f".nav a[href='/{self.language}/{section}']")

    # --- Forms

    def box(self, step, name):
        """Return the control of a question."""
        return self.page.locator(f"main [name='{step}-{name}']")

    def fill(self, step, **answers):
        """Answer questions of the step that is shown: text, choices, files, days."""
        for name, answer in answers.items():
            if isinstance(answer, tuple):
                for part, number in zip(("day", "month", "year"), answer, strict=True):
                    self.box(step, f"{name}_{part}").fill(str(number))
                continue
            box = self.box(step, name)
            kind = box.first.get_attribute("type")
            if kind in {"radio", "checkbox"}:
                for code in [answer] if isinstance(answer, str) else answer:
                    self.page.locator(f"main [name='{step}-{name}'][value='{code}']").check()
            elif isinstance(answer, Path):
                box.set_input_files(answer)
            else:
                box.fill(answer)

    def go_on(self):
        """Save the step and go on."""
        self.press("main form.form .actions button")

    def stop_here(self):
        """Save the step and come back later."""
        self.press("main [name=later]")

    def open_part(self, step):
        """Open a part from the list of parts."""
        self.press(f"main .tasks a[href$='/step/{step}/']")

    def asks_more(self, step, name):
        """Tell whether the step was shown once more with a new question, and without blame."""
        assert self.at(rf"my/[0-9a-f-]+/step/{step}/")
        assert self.page.locator(".summary, .error").count() == 0
        assert self.page.locator("main .notice[role=status]").is_visible()
        return self.box(step, name).first.is_visible()

    def send(self):
        """Send what was checked; return the reference on the receipt."""
        self.press("main .tasks a[href$='/check/']") if not self.at("my/[0-9a-f-]+/check/") else None
        assert self.page.locator(".summary").count() == 0
        self.press("main form .actions button")
        assert self.at("my/[0-9a-f-]+/receipt/")
        return self.page.locator("main [data-reference]").inner_text()


class Staff(Somebody):
    """One of the invented people who work in the admin."""

    def become(self, code):
        """Enter by the page that lets everybody try every role."""
        self.open("demo/try-as/")
        self.press(f"main form[action$='/try-as/{code}/'] button")

    def find(self, reference):
        """Find a submission in the queue by its reference, and open it."""
        self.window.open("/admin/")
        self.press("a[href='/admin/submissions/']")
        self.page.locator("[name=q]").fill(reference)
        self.page.wait_for_url(f"**q={reference}**")
        rows = self.page.locator("tbody tr", has=self.page.locator("[data-reference]"))
        rows.filter(has_text=reference).wait_for()
        assert rows.count() == 1
        self.press(f"tbody tr:has-text('{reference}') a[href*='/submissions/inspect/']")

    def do(self, verb):
        """Take a step with the submission that is open."""
        self.press(f".khidi-work a[href$='/{verb}/']")
        self.press(".khidi-action button[type=submit]")

    def ask(self, key, text):
        """Ask the applicant about one answer."""
        self.press(".khidi-work a[href*='/ask/']")
        self.page.locator(f"[name=keys][value={key}]").check()
        self.page.locator("[name=text]").fill(text)
        self.press(".khidi-action button[type=submit]")


# --- Files ----------------------------------------------------------------------------------------


def document(folder):
    """Write a PDF with a page on it; return its path."""
    path = folder / "statutes.pdf"
    Image.new("RGB", (400, 560), "white").save(path, "PDF", title="Statutes")
    return path


def photo(folder):
    """Take a photo as telephones do: with the place and the maker in it; return its path."""
    exif = Image.Exif()
    exif[0x010F] = MAKER
    exif[GPS] = {1: "N", 2: (41.0, 43.0, 12.5), 3: "E", 4: (44.0, 47.0, 33.1)}
    path = folder / "plan.jpg"
    Image.new("RGB", (640, 480), "#3b7a57").save(path, "JPEG", exif=exif)
    return path


def tells_where(content):
    """Tell whether a picture says where it was taken, or with what."""
    with Image.open(BytesIO(content)) as picture:
        exif = picture.getexif()
        return bool(exif) or bool(exif.get_ifd(GPS)) or MAKER.encode() in content
