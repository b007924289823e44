"""Where an application begins."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cms.core import clock
from cms.forms.enums import Door
from cms.forms.models import Submission
from cms.grants.enums import CallState
from cms.grants.models import Application
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_call, make_draft, make_form
from tests.grants.factories import make_call_page, make_index
from tests.pages.factories import make_homes
from tests.sessions import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

INSTANT = timedelta(microseconds=1)


def url(call, name="start", language="en"):
    return f"/{language}/apply/{call.code}/" + ("" if name == "start" else f"{name}/")


def begin(browser, call, key=None, more=()):
    return browser.post(url(call), {"idempotency_key": str(key or uuid4()), **dict(more)})


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def open_door():
    """A call whose form needs no account."""
    return make_call(form=make_form(door=Door.OPEN))


# --- Opening it ---------------------------------------------------------------------------------


def test_opening_the_page_creates_nothing(applicants_browser, visitor, call, open_door):
    for browser in (applicants_browser, visitor):
        for some in (call, open_door):
            assert browser.get(url(some)).status_code == 200
            assert browser.head(url(some)).status_code == 200
    assert not Submission.objects.exists()


def test_the_page_is_kept_by_nobody(applicants_browser, call):
    assert "no-store" in applicants_browser.get(url(call)).headers["Cache-Control"]


def test_a_call_in_preparation_is_not_there(applicants_browser):
    hidden = make_call(state=CallState.DRAFT)
    for name in ("start", "questions", "help"):
        assert applicants_browser.get(url(hidden, name)).status_code in {302, 404}
    assert applicants_browser.get(url(hidden)).status_code == 404
    assert begin(applicants_browser, hidden).status_code == 404


@pytest.mark.parametrize("code", ["NONE27", "x", "%00", "A" * 5000, "ÄÖ27", "MV27%0A", "..", "<b>"])
def test_a_code_that_no_call_has_is_not_there(applicants_browser, code):
    assert applicants_browser.get(f"/en/apply/{code}/").status_code in {302, 404}


@pytest.mark.parametrize(("when", "words"), [(-1, "Applications are taken from"), (1, "The deadline was")])
def test_out_of_time_it_says_so_with_the_date_and_has_no_button(applicants_browser, call, when, words):
    edge = call.opens_at if when < 0 else call.closes_at
    with clock.stopped(edge + when * INSTANT):
        response = applicants_browser.get(url(call))
        assertContains(response, words)
        assertContains(response, "Tbilisi time")
        assertNotContains(response, '<button class="button')
        refused = begin(applicants_browser, call)
        assert refused.status_code == 409
        assertContains(refused, words, status_code=409)
    assert not Submission.objects.exists()


def test_a_closed_call_says_so(applicants_browser):
    closed = make_call(state=CallState.CLOSED)
    assertContains(applicants_browser.get(url(closed)), "The office has closed this call.")
    assert begin(applicants_browser, closed).status_code == 409


def test_it_tells_what_is_needed_and_what_happens_to_the_data(applicants_browser, call):
    response = applicants_browser.get(url(call))
    assertContains(response, "<p>Kept.</p>")
    call.per_organisation = 2
    call.save()
    assertContains(applicants_browser.get(url(call)), "One organisation may send 2 applications.")


def test_a_form_without_a_version_cannot_be_begun(applicants_browser, call):
    call.form.current = None
    call.form.save()
    assertContains(applicants_browser.get(url(call)), "not ready yet")
    assert begin(applicants_browser, call).status_code == 409
    assert applicants_browser.get(url(call, "questions")).status_code == 404


# --- Beginning ----------------------------------------------------------------------------------


def test_beginning_makes_a_draft_in_the_language_of_the_page(applicants_browser, applicant, call):
    response = applicants_browser.post(url(call, language="ka"), {"idempotency_key": str(uuid4())})
    submission = Submission.objects.get()
    assertRedirects(response, f"/ka/my/{submission.token}/", fetch_redirect_response=False)
    assert (submission.owner, submission.language, submission.unit) == (applicant, "ka", call.unit)
    assert submission.version == call.form.current
    assert submission.application.call == call


def test_the_same_form_sent_twice_begins_one(applicants_browser, call):
    key = uuid4()
    answers = {begin(applicants_browser, call, key)["Location"] for _try in range(3)}
    assert len(answers) == Submission.objects.count() == 1


def test_the_same_form_sent_again_after_the_deadline_leads_to_what_it_began(applicants_browser, call):
    key = uuid4()
    begun = begin(applicants_browser, call, key)
    with clock.stopped(call.closes_at + timedelta(days=1)):
        assert begin(applicants_browser, call, key)["Location"] == begun["Location"]


def test_the_key_of_somebody_else_leads_nowhere(applicants_browser, call):
    key = uuid4()
    begin(applicants_browser, call, key)
    stranger = sign_in(Client(raise_request_exception=False), UserFactory())
    assert begin(stranger, call, key).status_code == 400
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"idempotency_key": "1"}, {"idempotency_key": ["\0"]}])
def test_a_form_without_a_key_is_not_understood(applicants_browser, call, data):
    assert applicants_browser.post(url(call), data).status_code == 400
    assert not Submission.objects.exists()


def test_extra_fields_change_nothing(applicants_browser, applicant, call):
    more = {"state": "submitted", "owner": "1", "unit": "1", "call": "1", "reference": "X"}
    begin(applicants_browser, call, more=more)
    application = Application.objects.get()
    assert (application.state, application.submission.owner) == ("draft", applicant)
    assert application.submission.reference == ""


def test_a_form_sent_without_its_token_is_refused(applicant, call):
    browser = sign_in(Client(raise_request_exception=False, enforce_csrf_checks=True), applicant)
    assert begin(browser, call).status_code == 403
    assert not Submission.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(applicants_browser, call, method):
    assert getattr(applicants_browser, method)(url(call)).status_code == 405


def test_whoever_begins_again_and_again_is_asked_to_wait(applicants_browser, call, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "begin": "2/m/ip"}
    answers = [begin(applicants_browser, call).status_code for _try in range(3)]
    assert answers == [302, 302, 429]


# --- Doors --------------------------------------------------------------------------------------


def test_where_an_account_is_needed_a_visitor_is_led_to_sign_in_and_back(visitor, call):
    response = visitor.get(url(call))
    assertContains(response, f'href="/en/account/login/?next=%2Fen%2Fapply%2F{call.code}%2F"')
    assertNotContains(response, '<form class="actions')
    refused = begin(visitor, call)
    assert refused.status_code == 302
    assert refused["Location"].startswith("/en/account/login/?next=")
    assert not Submission.objects.exists()


def test_through_an_open_door_a_browser_begins_and_comes_back(visitor, open_door):
    response = begin(visitor, open_door)
    submission = Submission.objects.get()
    assert submission.owner is None
    assert response["Location"] == f"/en/my/{submission.token}/"
    assertContains(visitor.get(url(open_door)), f"/en/my/{submission.token}/")
    other = Client()
    assertNotContains(other.get(url(open_door)), str(submission.token))


# --- What was begun before ----------------------------------------------------------------------


def test_what_was_begun_stands_before_a_new_beginning(applicants_browser, applicant, call):
    draft = make_draft(call, owner=applicant)
    shown = applicants_browser.get(url(call)).content.decode()
    assert shown.index(f"/en/my/{draft.token}/") < shown.index("Start another application")


def test_a_draft_can_be_read_after_the_deadline(applicants_browser, applicant, call):
    draft = make_draft(call, owner=applicant)
    with clock.stopped(call.closes_at + INSTANT):
        response = applicants_browser.get(url(call))
    assertContains(response, f"/en/my/{draft.token}/")
    assertContains(response, "Not sent")


def test_nothing_of_others_or_of_other_calls_is_shown(applicants_browser, applicant, call):
    foreign = make_draft(call, owner=UserFactory())
    elsewhere = make_draft(make_call(), owner=applicant)
    response = applicants_browser.get(url(call))
    for draft in (foreign, elsewhere):
        assertNotContains(response, str(draft.token))


def test_it_leads_to_the_page_of_the_call_and_has_its_title(applicants_browser, index):
    page = make_call_page(index, title="ფონდი")
    response = applicants_browser.get(url(page.call))
    assertContains(response, f'href="{page.url.replace("/ka/", "/en/")}"')
    assertContains(response, '<h1><bdi lang="ka" dir="ltr">ფონდი</bdi></h1>')


def test_it_costs_few_queries(page_cache, django_assert_max_num_queries):
    """Furniture is remembered as on any site in use."""
    page = make_call_page(make_index(make_homes()["ka"]))
    applicant = UserFactory()
    browser = sign_in(Client(), applicant)
    for _number in range(3):
        make_draft(page.call, owner=applicant)
    browser.get(url(page.call, language="ka"))
    with django_assert_max_num_queries(12):
        browser.get(url(page.call, language="ka"))


# --- All questions ------------------------------------------------------------------------------


def test_all_questions_stand_on_one_page_for_everybody(visitor, call):
    response = visitor.get(url(call, "questions"))
    shown = response.content.decode()
    for key in ("organisation", "person", "title", "which", "amount", "plan", "true"):
        assert f"{key} (en)" in shown
    assertContains(response, "(optional)")
    assertContains(response, "Only asked if the answer to “partners (en)” is “Yes”.")
    assertNotContains(response, "<form class")


def test_its_limits_are_those_of_the_call(visitor):
    call = make_call(minimum=500, maximum=1000)
    assertContains(visitor.get(url(call, "questions")), "1,000")


def test_it_can_be_read_after_the_deadline(visitor, call):
    with clock.stopped(call.closes_at + timedelta(days=30)):
        assert visitor.get(url(call, "questions")).status_code == 200
    assert visitor.post(url(call, "questions")).status_code == 405


def test_addresses_are_known_by_name(call):
    assert reverse("grants:start", args=[call.code]).endswith(f"/apply/{call.code}/")
