"""A form that is not translated: its words say their language, those of the site stay the reader's."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from cms.forms.enums import Door
from tests.forms.factories import (
    USUAL,
    choices,
    fill,
    information,
    long_text,
    make_call,
    make_draft,
    make_form,
    make_version,
    question,
    send,
    short_text,
    step,
    texts_of,
    yes_no,
)

pytestmark = pytest.mark.django_db

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "wbr"}
NOTICE = "forms/parts/fallback.html"


class Passages(HTMLParser):
    """Every text and every label of a page with the language and direction that hold there."""

    def __init__(self, html):
        super().__init__()
        self.open, self.found = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        around = self.open[-1] if self.open else ("", "", "")
        here = (tag, attrs.get("lang", around[1]), attrs.get("dir", around[2]))
        self.found += [(here, attrs[name]) for name in ("aria-label", "title") if name in attrs]
        if tag not in VOID:
            self.open.append(here)

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data):
        if data.strip() and self.open and self.open[-1][0] != "title":
            self.found.append((self.open[-1], data))


def passages(response, mark="(en)"):
    """Return where the words of the form stand, and in which language and direction."""
    found = Passages(response.content.decode()).found
    return [(where[1], where[2], text) for where, text in found if mark in text]


def steps():
    return [
        step(
            "project",
            information("before", text=True),
            short_text("title", role="title"),
            choices("places", "tbilisi", "batumi"),
            question("number", "people", minimum="1", maximum="9", places=0),
            yes_no("partners"),
            long_text("which", condition={"op": "eq", "key": "places", "value": "batumi"}),
        ),
        step("declarations", question("declaration", "true")),
    ]


def words():
    """Return the words of these steps, each with the sign that tells where they stand."""
    structure = {"steps": steps()}
    english = texts_of(structure)["en"]
    english |= {"intro": "<p>Intro (en).</p>", "privacy": "<p>Privacy (en).</p>"}
    for name in ("project", "declarations"):
        english |= {f"steps.{name}.short": f"{name[:4]} (en)", f"steps.{name}.intro": "<p>Step (en).</p>"}
    english |= {f"items.{key}.help": "Help (en)." for key in ("title", "places", "people", "partners")}
    english |= {f"items.{key}.text": "<p>Text (en).</p>" for key in ("before", "true")}
    return english | {"items.places.choice.tbilisi.help": "Capital (en)", "items.people.unit": "heads (en)"}


def call_in(language, **mended):
    """Return a call whose form exists in one language only."""
    form = make_form(*steps(), door=Door.ACCOUNT)
    make_version(form, *steps(), texts={language: words() | mended})
    return make_call(form=form)


@pytest.fixture
def call():
    return call_in("en")


@pytest.fixture
def draft(call, person):
    return make_draft(call, owner=person, language="ar")


@pytest.fixture
def sent(draft):
    fill(draft, **USUAL, places=["batumi"], people="3", which="The library")
    with override("ar"):
        send(draft)
    draft.refresh_from_db()
    return draft


def address(language, name, *arguments):
    with override(language):
        return reverse(name, args=arguments)


def all_marked(response, least=1):
    found = passages(response)
    assert len(found) >= least, found
    assert {(language, direction) for language, direction, _text in found} == {("en", "ltr")}, found
    return found


def kept_plain(response):
    page = response.content.decode()
    assert '<bdi lang="' not in page
    assert '<div class="prose" lang=' not in page
    assertTemplateNotUsed(response, NOTICE)
    found = passages(response)
    assert found
    assert {language for language, _direction, _text in found} == {"en"}


def pages(draft):
    token = draft.token
    return [("forms:tasks", token), ("forms:check", token), ("forms:step", token, "project")]


@pytest.mark.parametrize("name", ["grants:start", "grants:questions"])
def test_before_one_begins(browser, call, name):
    response = browser.get(address("ar", name, call.code))
    assertTemplateUsed(response, NOTICE)
    all_marked(response, least=2)
    kept_plain(browser.get(address("en", name, call.code)))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_while_one_fills_it_in(browser, draft, place):
    fill(draft, **USUAL, places=["batumi"], people="3", which="x")
    response = browser.get(address("ar", *pages(draft)[place]))
    assertTemplateUsed(response, NOTICE)
    all_marked(response, least=4)
    kept_plain(browser.get(address("en", *pages(draft)[place])))


def test_the_sites_own_words_stay_the_readers(browser, person):
    draft = make_draft(call_in("ka"), owner=person)
    page = browser.get(address("en", "forms:step", draft.token, "project"))
    for words in ("(optional)", "Between 1 and 9.", "Several answers are possible.", "At most", "Yes"):
        assert all(language == "en" for language, _dir, _text in passages(page, words)), words
    for words in ("title (en)", "Help (en).", "batumi (en)", "Capital (en)", "heads (en)", "Text (en)."):
        assert passages(page, words), words
        assert all(language == "ka" for language, _dir, _text in passages(page, words)), words


def test_what_is_wrong_quotes_the_label_in_its_own_language(browser, draft):
    data = {"project-title": "", "wizard-current_step": "project", "serial": 0}
    response = browser.post(address("ar", "forms:step", draft.token, "project"), data)
    page = response.content.decode()
    assert 'class="summary"' in page
    assert page.count('<bdi lang="en" dir="ltr">title (en)</bdi>') == 3  # label, summary, error
    assert "&lt;bdi" not in page
    all_marked(response)
    all_marked(browser.get(address("ar", "forms:check", draft.token)))


def test_a_label_is_never_taken_for_html(browser, person):
    draft = make_draft(call_in("en", **{"items.title.label": "<i>Title</i> & (en)"}), owner=person)
    data = {"project-title": "", "wizard-current_step": "project", "serial": 0}
    for language in ("ar", "en"):
        page = browser.post(address(language, "forms:step", draft.token, "project"), data).content.decode()
        assert "<i>Title" not in page
        assert "&lt;i&gt;Title&lt;/i&gt; &amp; (en)" in page
        assert "&amp;lt;" not in page


def test_two_windows(browser, draft):
    fill(draft, places=["batumi"], title="Tables")
    data = {"project-places": ["tbilisi"], "project-title": "T", "wizard-current_step": "project"}
    response = browser.post(address("ar", "forms:step", draft.token, "project"), {**data, "serial": 0})
    assert response.status_code == 409
    assert {text for *_where, text in all_marked(response)} >= {"places (en)", "tbilisi (en)", "batumi (en)"}


def test_what_was_sent(browser, sent, ask):
    response = browser.get(address("ar", "forms:sent", sent.token, 1))
    all_marked(response, least=6)
    assert "3\u00a0heads (en)" in response.content.decode()
    kept_plain(browser.get(address("en", "forms:sent", sent.token, 1)))
    ask("title", "places")
    for name, more in (("status", ()), ("answer", ()), ("answer_step", ("project",))):
        all_marked(browser.get(address("ar", f"forms:{name}", sent.token, *more)), least=2)
        kept_plain(browser.get(address("en", f"forms:{name}", sent.token, *more)))
