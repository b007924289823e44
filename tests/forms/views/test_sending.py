"""Checking, sending, the receipt, and the answers as they were sent."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cms.forms.models import SubmissionVersion
from tests.forms.factories import (
    USUAL,
    equals,
    fill,
    long_text,
    make_call,
    make_draft,
    make_filled,
    make_organisation,
    make_sent,
    make_upload,
    step,
    yes_no,
)


def text_of(response):
    return response.content.decode()


def test_every_answer_stands_there_with_the_way_back_to_it(browser, filled, at):
    upload = make_upload(filled)
    page = text_of(browser.get(at("check", filled)))
    for text in ("ნინო ქავთარაძე", "სამეზობლო მაგიდა", "€800", "plan.pdf", "+995 32 212 34 56", "Confirmed"):
        assert text in page
    title = f"{at('step', filled, 'project')}#id_project-title"
    assert f'{title}">Change<span class="vh">: title (en)</span>' in page
    assert at("file", filled, upload.token) in page
    assert "Not answered (optional)" in page
    assert '<div class="prose"><p>Kept.</p></div>' in page
    assert "Send it now" in page


def test_hidden_questions_are_not_listed(browser, filled, at):
    assert "which (en)" not in text_of(browser.get(at("check", filled)))


def test_what_is_missing_is_named_and_nothing_can_be_sent(browser, draft, at):
    fill(draft, **{**USUAL, "amount": "a lot"})
    page = text_of(browser.get(at("check", draft)))
    assert "Send it now" not in page
    assert f'href="{at("step", draft, "budget")}?missing">budget (en)</a>' in page
    response = browser.post(at("check", draft))
    assert response.status_code == 422
    assert "budget (en)" in text_of(response)
    assert not SubmissionVersion.objects.exists()


def test_sending_gives_one_receipt_however_often_it_is_sent(browser, filled, at):
    key = {"idempotency_key": str(uuid4())}
    responses = [browser.post(at("check", filled), key) for _ in range(2)]
    assert {response["Location"] for response in responses} == {at("receipt", filled)}
    assert SubmissionVersion.objects.count() == 1
    filled.refresh_from_db()
    page = text_of(browser.get(at("receipt", filled)))
    assert re.findall(r"data-reference>([^<]+)<", page) == [filled.reference]
    assert "2 November 2026, 15:00, Tbilisi time" in page
    assert "What happens next" in page
    assert at("sent", filled, 1) in page
    assert at("status", filled) in page


def test_the_moment_of_arrival_decides_and_a_late_text_is_kept(browser, filled, at, stopped_clock):
    stopped_clock.set(datetime(2026, 11, 30, 14, 0, 0, 1, tzinfo=UTC))
    response = browser.post(at("check", filled), follow=True)
    page = text_of(response)
    assert "The deadline was 30 November 2026, 18:00, Tbilisi time." in page
    assert "სამეზობლო მაგიდა" in page
    assert "Send it now" not in page
    filled.refresh_from_db()
    assert filled.is_draft
    stopped_clock.set(datetime(2026, 11, 30, 14, 0, tzinfo=UTC))
    assert browser.post(at("check", filled))["Location"] == at("receipt", filled)


def test_a_limit_that_others_used_up_is_told_and_the_draft_stays(browser, person, at):
    call = make_call(per_organisation=1)
    organisation = make_organisation(person)
    typed = {"organisation": str(organisation.pk)}
    make_sent(call, owner=person, typed=typed)
    second = make_filled(call, owner=person, typed=typed)
    response = browser.post(at("check", second))
    assert response.status_code == 422
    assert "has already sent an application" in text_of(response)


def test_extra_fields_change_nothing(browser, filled, at):
    browser.post(at("check", filled), {"state": "accepted", "reference": "X", "phase": "closed"})
    filled.refresh_from_db()
    assert (filled.phase, filled.application.state) == ("new", "submitted")


def test_the_answers_as_sent_are_those_of_then(browser, person, at):
    sent = make_sent(owner=person, language="en", typed={"health": "Asthma."})
    page = text_of(browser.get(at("sent", sent, 1)))
    assert "სამეზობლო მაგიდა" in page
    assert "Asthma." in page
    assert "which (en)" not in page
    assert "Change" not in page
    assert browser.get(at("sent", sent, 2)).status_code == 404
    assert browser.get(at("sent", sent, 10**12)).status_code == 404


def test_the_list_of_parts_tells_each_state_in_words(browser, person, at):
    draft = make_draft(
        make_call(step("a", yes_no("one")), step("b", yes_no("two")), step("c", long_text("three"))),
        owner=person,
    )
    fill(draft, one="yes")
    fill(draft, complete=False, two="perhaps")
    page = text_of(browser.get(at("tasks", draft)))
    assert re.findall(r'<span class="tag[^"]*" id="[^"]*">([^<]+)<', page) == [
        "Done",
        "Needs a change",
        "Not started",
        "Not possible yet",
    ]
    assert "1 of 3 parts are filled in" in page
    assert "30 November 2026, 18:00, Tbilisi time" in page


def test_a_draft_that_missed_the_deadline_stays_readable(browser, filled, at, stopped_clock):
    stopped_clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    page = text_of(browser.get(at("tasks", filled)))
    assert "The deadline was 30 November 2026" in page
    assert "Your text is kept" in page
    assert browser.get(at("step", filled, "project")).status_code == 200


def test_a_condition_holds_on_the_page_where_all_is_checked(browser, person, at):
    later = step("b", long_text("more"), condition=equals("one", value=True))
    draft = fill(make_draft(make_call(step("a", yes_no("one")), later), owner=person), one="no")
    assert "more (en)" not in text_of(browser.get(at("check", draft)))


def test_what_is_mine_is_listed_drafts_apart(browser, person, filled, at):
    make_sent(owner=person)
    make_filled()
    page = text_of(browser.get(at("mine")))
    assert page.index("Begun, not sent yet") < page.index('<h2 id="sent">')
    assert len(re.findall(r'<li class="entry">', page)) == 2
    assert at("tasks", filled) in page


@pytest.mark.django_db
def test_visitors_find_the_way_to_sign_in_and_to_a_reference(client, at):
    page = text_of(client.get(at("mine")))
    assert "/en/account/login/?next=%2Fen%2Fmy%2F" in page
    assert 'name="reference"' in page
