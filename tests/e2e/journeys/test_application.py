"""People apply in a script of each direction, with and without scripts; officers read it and ask back."""

from datetime import timedelta

import pytest

from cms.core import clock
from cms.forms.models import Upload
from tests.e2e.browser import DESKTOP, PHONE, overflow
from tests.e2e.journeys.applying import MAKER, Somebody, Staff, document, photo, tells_where

pytestmark = pytest.mark.usefixtures("seeded")

WORDS = {
    "ka": {
        "name": "ნინო წყაროელი",
        "organisation": "ეზოს გუნდი",
        "title": "ბიბლიოთეკა ეზოში",
        "text": "შაბათობით წიგნებს ეზოში გამოვიტანთ და ერთად ვკითხულობთ.",
        "money": "წიგნები 4000\nთაროები 2000",
        "again": "წიგნები 4000\nთაროები, ექვსი ცალი 2000",
        "question": "რამდენი თარო გჭირდებათ?",
    },
    "ar": {
        "name": "ليلى النبع",
        "organisation": "رفاق الحي",
        "title": "مكتبة في الفناء",
        "text": "نخرج الكتب إلى الفناء كل سبت ونقرأ معًا.",
        "money": "كتب 4000\nرفوف 2000",
        "again": "كتب 4000\nستة رفوف 2000",
        "question": "كم رفًّا تحتاجون؟",
    },
}

languages = pytest.mark.parametrize("language", WORDS)
with_and_without = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])


@pytest.fixture(autouse=True)
def mailbox(settings):
    """Mail goes where the demonstration puts it: on a page for everybody to read."""
    settings.SMTP = {"EMAIL_BACKEND": "cms.demo.mail.MailboxBackend"}


@pytest.fixture
def at_a_new_browser(visitor):
    """Return a function that sits somebody down at a browser that knows nothing of them."""

    def sit(language, email="", *, scripts, kind=Somebody):
        # Georgian at a desk, Arabic on a phone; both sizes are looked at again by axe.
        window = visitor(width=DESKTOP if language == "ka" else PHONE, scripts=scripts)
        return kind(window, language, email)

    return sit


@pytest.fixture
def officer(visitor):
    """An officer of the office at a desk."""
    staff = Staff(visitor(), "ka")
    staff.become("officer")
    return staff


def day(days):
    """Return day, month and year of a day from today."""
    found = clock.today() + timedelta(days=days)
    return found.day, found.month, found.year


# --- An association applies -----------------------------------------------------------------------


def find_the_call(person):
    """Come from home through the menu, make an account on the way, begin."""
    person.open("")
    person.choose("grants/")
    person.press(f"main .entry a[href='/{person.language}/grants/associations-fund/']")
    person.press("main a.button[href$='/apply/MV/']")
    person.press("main .actions a.button")
    person.make_account()
    assert person.at("apply/MV/")
    person.press("main form.actions button")
    assert person.at("my/[0-9a-f-]+/")


def tell_who_applies(person, words):
    """Fill in the first part: enter an organisation on the way, answer a question that appears."""
    person.open_part("organisation")
    person.fill("organisation", contact_name=words["name"])
    person.press("main [name=add-organisation]")
    person.press("main a[href*='kind=group']")
    person.page.locator("main [name=name]").fill(words["organisation"])
    person.page.locator("main [name=responsible]").fill(words["name"])
    person.press("main form.form > .actions button")
    assert person.at("my/[0-9a-f-]+/step/organisation/")
    assert person.box("organisation", "contact_name").input_value() == words["name"]

    person.page.get_by_label(words["organisation"]).check()
    person.fill("organisation", contact_email=person.email, funded_before="yes")
    person.go_on()
    assert person.asks_more("organisation", "funded_what")
    person.fill("organisation", funded_what=words["title"])
    person.go_on()
    assert person.at("my/[0-9a-f-]+/step/project/")


def tell_the_rest(person, words, files):
    """Fill in the other parts; two more questions appear, and files go up."""
    person.fill("project", summary=words["text"], change=words["text"], place=words["organisation"])
    person.fill("project", for_whom=["arrived", "young"], starts=day(90), ends=day(200))
    person.go_on()
    person.fill("money", amount="6 000,00", own_share="0", second_funder="yes", what_for=words["money"])
    person.go_on()
    assert person.asks_more("money", "funder_amount")
    person.fill("money", funder_name=words["organisation"], funder_amount="500")
    person.go_on()
    person.fill("documents", statutes=document(files), plans=photo(files))
    person.page.locator("[name=documents-truth]").check()
    person.go_on()
    assert person.at("my/[0-9a-f-]+/check/")


def answer(person, words, question):
    """Answer what the officer asks: nothing else can be changed."""
    person.page.goto(person.address_in(question, "/my/"))
    assert person.at("my/[0-9a-f-]+/status/")
    sent = person.path.replace("/status/", "/step/money/")
    person.press("main a.button[href$='/answer/']")
    assert person.page.locator("main .answers a").count() == 1
    person.press("main .answers a")
    boxes = person.page.locator("main form [name^='money-']")
    assert boxes.evaluate_all("all => all.map((it) => it.name)") == ["money-what_for"]
    person.fill("money", what_for=words["again"])
    person.go_on()
    person.press("main form .actions button")
    assert person.at("my/[0-9a-f-]+/status/")
    person.page.goto(sent)
    assert person.at("my/[0-9a-f-]+/status/")


@languages
@with_and_without
def test_an_association_applies_and_answers_a_question(at_a_new_browser, officer, files, language, scripts):
    words, email = WORDS[language], "magida.nino@example.org"
    person = at_a_new_browser(language, email, scripts=scripts)
    find_the_call(person)
    tell_who_applies(person, words)
    person.fill("project", title=words["title"])
    person.stop_here()

    person = at_a_new_browser(language, email, scripts=scripts)
    person.open("")
    person.choose("account/")
    person.sign_in()
    person.press("main a[href$='/my/']")
    person.press("main .entry a[href*='/my/']")
    person.open_part("project")
    assert person.box("project", "title").input_value() == words["title"]
    tell_the_rest(person, words, files)
    for shown in (words["title"], words["organisation"], "statutes.pdf", "plan.jpg"):
        assert person.page.locator("main .answers", has_text=shown).count()
    reference = person.send()
    assert overflow(person.page) <= 0
    assert len(person.letters(reference)) == 1
    assert_files_tell_nothing(reference)

    officer.find(reference)
    officer.do("screen")
    officer.ask("what_for", words["question"])
    answer(person, words, words["question"])
    officer.find(reference)
    assert officer.page.locator(".khidi-change ins").count()
    assert officer.page.locator(".khidi-change").count() == 1


def assert_files_tell_nothing(reference):
    """The document is kept as it came, the photo without place and maker."""
    kept = {}
    for upload in Upload.objects.filter(submission__reference=reference, frozen=True):
        with upload.file.open() as file:
            kept[upload.name] = file.read()
    assert kept["statutes.pdf"].startswith(b"%PDF-")
    assert not tells_where(kept["plan.jpg"])


def test_the_photo_does_tell_where_before_it_is_sent(tmp_path):
    content = photo(tmp_path).read_bytes()
    assert tells_where(content)
    assert MAKER.encode() in content


# --- An idea without an account -------------------------------------------------------------------


def have_an_idea(person, words, **reach):
    """Fill in who has it; how they are reached is asked when they have said by what."""
    person.open_part("you")
    person.fill(
        "you", name=words["name"], reach=next(iter({"email": "mail", "phone": "phone"}[key] for key in reach))
    )
    person.go_on()
    assert person.asks_more("you", next(iter(reach)))
    person.fill("you", **reach)
    person.go_on()
    assert person.at("my/[0-9a-f-]+/step/idea/")


def tell_the_idea(person, words):
    """Fill in the other parts of a small idea."""
    person.fill("idea", title=words["title"], what=words["text"], place=words["organisation"], starts=day(30))
    person.go_on()
    person.fill("money", amount="420.50", what_for=words["money"])
    person.page.locator("[name=money-truth]").check()
    person.go_on()
    assert person.at("my/[0-9a-f-]+/check/")


@languages
@with_and_without
def test_an_idea_is_sent_without_an_account(at_a_new_browser, language, scripts):
    words, email = WORDS[language], "idea@example.org"
    person = at_a_new_browser(language, email, scripts=scripts)
    person.open("grants/small-ideas/")
    person.press("main a.button[href$='/apply/KT/']")
    person.press("main form.actions button")
    have_an_idea(person, words, email=email)
    person.stop_here()
    person.page.locator("main [name=email]").fill(email)
    person.press("main form[action$='/link/'] button")
    draft = person.page.url

    person = at_a_new_browser(language, email, scripts=scripts)
    person.page.goto(draft)
    assert person.at("account/login/")
    person.page.goto(person.address_in("", "/my/resume/"))
    person.press("main form .actions button")
    assert person.page.url == draft
    person.open_part("idea")
    tell_the_idea(person, words)
    reference = person.send()
    assert len(person.letters(reference)) == 1


# --- Somebody is helped ---------------------------------------------------------------------------


@languages
def test_a_helper_fills_it_in_for_somebody_without_a_mailbox(at_a_new_browser, officer, language):
    words = WORDS[language]
    helper = at_a_new_browser(language, scripts=True, kind=Staff)
    helper.become("helper")
    helper.open("apply/KT/")
    helper.press("main a[href$='/help/']")
    helper.page.locator("main [name=name]").fill(words["name"])
    helper.page.locator("main [name=phone]").fill("+995 555 12 34 56")
    helper.page.locator("main [name=language]").select_option(language)
    helper.page.locator("main [name=consent]").check()
    helper.press("main form .actions button")
    have_an_idea(helper, words, phone="+995 555 12 34 56")
    tell_the_idea(helper, words)
    reference = helper.send()
    code = helper.page.locator("[aria-labelledby=code] .ref").inner_text()
    helper.page.reload()
    assert code not in helper.page.locator("main").inner_text()

    person = at_a_new_browser(language, scripts=False)
    person.open("my/")
    person.page.locator("main [name=reference]").fill(reference)
    person.page.locator("main [name=code]").fill(code)
    person.press("main form[action$='/find/'] button")
    assert person.at("my/[0-9a-f-]+/status/")
    assert person.page.locator("main [data-reference]").first.inner_text() == reference

    helper.letters()  # Deliver what waits.
    officer.window.open("/admin/calls/")
    assert officer.page.locator("tbody tr", has_text=words["name"]).count() == 1
