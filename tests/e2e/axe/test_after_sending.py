"""No violation on the pages of people who have sent something, nor on those that lead back to them.

With scripts on: axe is one, and its promises are never kept in a window without. The tests of the
views post every form without any.
"""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from cms.accounts.enums import Role
from cms.forms.domain.clarify import clarify
from cms.forms.domain.note import note
from cms.forms.domain.send_link import send_link
from cms.forms.domain.write import write
from cms.forms.enums import Audience
from cms.messages.vault import unseal
from tests.accounts.factories import UserFactory, person_with
from tests.e2e.axe.test_axe import looked_at
from tests.e2e.browser import DESKTOP, PHONE, cut_off
from tests.e2e.people import enter
from tests.forms.amending import Amendable
from tests.forms.factories import make_call, make_draft, make_organisation, make_sent
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

languages = pytest.mark.parametrize("language", ["ka", "ar"])
WIDTHS = (PHONE, DESKTOP)


def wrong_at(window, addresses):
    """Return what is wrong with pages at both widths, by address."""
    found = {}
    for address in addresses:
        page = window.page
        page.goto(address)
        for width in WIDTHS:
            found[address, width] = looked_at(page, width) + (cut_off(page) if width == PHONE else [])
    return {place: wrong for place, wrong in found.items() if wrong}


@pytest.fixture
def asked():
    """Something sent, in which the office asks about two questions, with a thread beside it."""
    person = UserFactory(name="ნინო")
    sent = make_sent(make_call(closes_wall=None), owner=person)
    officer = person_with(Role.OFFICER, sent.unit)
    text = "60 საათი მომზადებასაც მოიცავს?\n\nThank you."
    note(submission=sent, text=text, audience=Audience.APPLICANT, by=officer, key=uuid4())
    write(submission=sent, text="გმადლობთ.", by=person, key=uuid4())
    clarify(submission=sent, text=text, keys=["title", "amount"], due_on=date(2026, 12, 20), by=officer)
    return sent


@languages
def test_axe_finds_nothing_after_sending(visitor, asked, language):
    own = f"/{language}/my/{asked.token}"
    browser = sign_in(Client(), asked.owner, proven=False)
    serial = asked.steps.get(step="project").serial
    browser.post(f"{own}/answer/project/", {"project-title": "Tables for all", "serial": serial})
    window = enter(visitor(width=PHONE), asked.owner)
    pages = ("status", "answer", "answer/project", "answer/budget", "withdraw", "receipt", "sent/1")
    assert wrong_at(window, [f"{own}/{name}/" for name in pages]) == {}
    page = window.page
    page.goto(f"{own}/answer/project/")
    page.locator("[name=project-title]").fill("")
    page.locator("main form .button").first.click()
    assert looked_at(page, PHONE) == []
    page.goto(f"{own}/status/")
    page.locator("main form .button").first.click()
    page.locator(".summary").wait_for()
    assert looked_at(page, DESKTOP) == []


@languages
def test_axe_finds_nothing_while_somebody_changes_what_they_sent(visitor, monkeypatch, language):
    amendable = Amendable(monkeypatch)
    sent = make_sent(make_call(closes_wall=None), owner=UserFactory(name="ნინო"))
    own = f"/{language}/my/{sent.token}"
    window = enter(visitor(width=PHONE), sent.owner)
    assert wrong_at(window, [f"{own}/status/"]) == {}
    window.page.locator("form[action$='/amend/'] button").click()
    window.page.wait_for_url("**/answer/")
    window.page.goto(f"{own}/answer/project/")
    window.page.locator("[name=project-title]").fill("Tables for all")
    window.page.locator("main form .button").first.click()
    window.page.wait_for_url("**/answer/")
    pages = [f"{own}/{name}/" for name in ("status", "answer", "answer/project", "answer/declarations")]
    assert wrong_at(window, pages) == {}
    amendable.over()
    assert wrong_at(window, pages[:2]) == {}


@languages
def test_axe_finds_nothing_on_the_ways_back(visitor, language):
    draft = make_draft(make_call(closes_wall=None), language=language, email="nino@example.org")
    mail = unseal(send_link(submission=draft, email=draft.email).sealed).body
    link = re.search(rf"/{language}/my/resume/\S+", mail)[0]
    window = visitor(width=PHONE)
    assert wrong_at(window, [link, f"/{language}/my/links/", f"/{language}/my/"]) == {}
    window.page.goto(link)
    window.page.locator("main form .button").click()
    window.page.wait_for_url(f"**/my/{draft.token}/")
    window.page.goto(f"/{language}/my/links/")
    window.page.locator("[name=email]").fill("nemo@example.org")
    window.page.locator("main form .button").click()
    assert looked_at(window.page, PHONE) == []


@languages
def test_axe_finds_nothing_on_the_pages_of_organisations(visitor, language):
    person = UserFactory()
    own = make_organisation(person, name="სამეზობლო მაგიდა", region="Batumi", registry_number="204837123")
    window = enter(visitor(width=PHONE), person)
    list_ = f"/{language}/account/organisations/"
    kinds = [f"{list_}new/?kind={kind}" for kind in ("", "registered", "public", "group")]
    assert wrong_at(window, [list_, *kinds, f"{list_}{own.pk}/"]) == {}
    window.page.goto(kinds[-1])
    window.page.locator("main form .button").click()
    window.page.locator(".summary").wait_for()
    assert looked_at(window.page, PHONE) == []
