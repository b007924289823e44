"""Registering for a date, from the first page to the receipt."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.models import Locale

from cms.core import clock
from cms.events.enums import EventState, OccurrenceStatus, RegistrationState
from cms.events.models import Hold, Registration
from cms.forms.enums import Door
from cms.forms.models import StepData, Submission
from tests.accounts.factories import UserFactory
from tests.events.factories import make_date, make_draft, make_event, make_venue, register, registration_steps
from tests.events.visiting import TYPED, door, once, own, typed
from tests.forms.factories import make_form, question, short_text, step
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

INSTANT = timedelta(microseconds=1)


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.fixture
def date():
    return make_date()


def begin(browser, date, **answers):
    return browser.post(door(date), typed(**answers))


def row():
    return StepData.objects.get().data


# --- Opening it ---------------------------------------------------------------------------------


def test_opening_the_page_begins_nothing_and_keeps_no_seat(browser, date):
    for method in (browser.get, browser.head):
        response = method(door(date))
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
    assert not Submission.objects.exists()
    assert not Hold.objects.exists()


def test_nothing_saves_itself_before_there_is_a_draft(browser, date):
    page = browser.get(door(date)).content.decode()
    assert "data-autosave" not in page
    assert "Step 1 of 2" in page
    assert 'name="who-people"' in page


def test_a_date_of_an_event_in_preparation_is_not_there(browser):
    hidden = make_date(make_event(state=EventState.DRAFT))
    for name in ("register", "help"):
        assert browser.get(door(hidden, name)).status_code == 404
        assert browser.post(door(hidden, name), typed()).status_code == 404
    assert not Submission.objects.exists()


@pytest.mark.parametrize("code", ["NONE27", "x", "%00", "A" * 5000, "ÄÖ27", "MV27%0A", "..", "<b>"])
def test_a_code_that_no_event_has_is_not_there(browser, code):
    assert browser.get(f"/en/register/{code}/1/").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "1000000000", "9" * 40, "-1", "1.0", "٣x"])
def test_a_number_that_no_date_has_is_not_there(browser, date, number):
    address = f"/en/register/{date.event.code}/{number}/"
    assert browser.get(address).status_code == 404
    assert browser.post(address, typed()).status_code == 404


def test_where_nobody_has_to_register_there_is_no_door(browser):
    date = make_date()
    date.event.form = None
    date.event.save()
    assert browser.get(door(date)).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(browser, date, method):
    assert getattr(browser, method)(door(date)).status_code == 405


def test_it_tells_how_many_seats_are_free_now(browser):
    date = make_date(capacity=3)
    register(date)
    assertContains(browser.get(door(date)), "2 of 3 seats are free.")


def test_it_tells_that_all_are_taken_and_how_many_wait(browser):
    date = make_date(capacity=1)
    register(date)
    assertContains(browser.get(door(date)), "nobody waits yet")
    register(date)
    assertContains(browser.get(door(date)), "you join the waiting list; one person waits now")
    register(date)
    page = browser.get(door(date))
    assertContains(page, "you join the waiting list; 2 people wait now")
    assertContains(page, 'name="who-person"')


def test_with_a_full_waiting_list_nothing_can_be_sent_and_it_says_so(browser):
    date = make_date(capacity=1, waiting_limit=0)
    register(date)
    page = browser.get(door(date))
    assertContains(page, "the waiting list is full")
    assertNotContains(page, 'name="who-person"')


def test_out_of_time_it_says_so_with_the_date_and_asks_nothing(browser, date):
    with clock.stopped(date.closes_at + INSTANT):
        page = browser.get(door(date))
        assertContains(page, "Registration closed on")
        assertNotContains(page, 'name="who-person"')


def test_the_online_link_is_not_on_the_page(browser):
    date = make_date(online=True, online_link="https://meet.example/secret")
    assertNotContains(browser.get(door(date)), "meet.example")


def test_it_reminds_this_browser_of_what_it_has_begun_and_nobody_else(browser, date):
    begin(browser, date)
    token = str(Submission.objects.get().token)
    assertContains(browser.get(door(date)), token)
    assertNotContains(Client().get(door(date)), token)


def test_it_reminds_a_person_of_their_registration_on_any_device(date):
    person = UserFactory()
    sent = register(date, owner=person)
    page = sign_in(Client(), person).get(door(date))
    assertContains(page, str(sent.submission.token))
    assertContains(page, "You are registered")


# --- Beginning ----------------------------------------------------------------------------------


def test_one_post_leads_to_the_check_with_seats_kept_and_everything_kept(browser):
    date = make_date(capacity=20)
    response = browser.post(
        door(date), {**typed(), "who-people": ["ნინო ბერიძე", "Giorgi", ""], "who-needs": "A ramp"}
    )
    submission = Submission.objects.get()
    assert response["Location"] == own("forms:check", submission)
    assert submission.registration.occurrence == date
    assert (submission.owner, submission.language) == (None, "en")
    assert row()["people"][:2] == ["ნინო ბერიძე", "Giorgi"]
    assert "A ramp" not in str(row())
    assert StepData.objects.get().sealed
    assert Hold.objects.get().seats == 2


def test_the_whole_way_in_three_posts(browser, date):
    browser.get(door(date))
    check = begin(browser, date, email="nino@example.org")["Location"]
    assertContains(browser.get(check), "nino@example.org")
    receipt = browser.post(check, once())["Location"]
    page = browser.get(receipt)
    registration = Registration.objects.get()
    assert registration.state == RegistrationState.CONFIRMED
    assertContains(page, registration.submission.reference)
    assertContains(page, "You are registered")
    assert not Hold.objects.exists()


def test_the_same_page_sent_twice_leads_to_the_same_registration(browser, date):
    key = uuid4()
    first = begin(browser, date, key=key)
    again = begin(browser, date, key=key)
    assert first["Location"] == again["Location"]
    assert Submission.objects.count() == 1
    assert Hold.objects.count() == 1


def test_whoever_goes_back_and_mends_the_page_is_not_asked_which_of_two_texts_counts(browser, date):
    key = uuid4()
    begin(browser, date, key=key)
    response = browser.post(door(date), {**typed(key=key), "who-person": "Nino"})
    assert response.status_code == 302
    assert row()["person"] == ["Nino"]


def test_a_registration_that_was_sent_leads_to_its_receipt(browser, date):
    key = uuid4()
    check = begin(browser, date, key=key)["Location"]
    browser.post(check, once())
    response = begin(browser, date, key=key)
    assert response["Location"] == own("forms:receipt", Submission.objects.get())
    assert Registration.objects.count() == 1


def test_somebody_elses_key_is_not_understood(date):
    key = uuid4()
    mine, theirs = (sign_in(Client(raise_request_exception=False), UserFactory()) for _ in range(2))
    assert begin(mine, date, key=key).status_code == 302
    assert begin(theirs, date, key=key).status_code == 400
    assert Submission.objects.count() == 1


def test_a_page_that_is_too_old_loses_no_text(browser, date):
    key = uuid4()
    begin(browser, date, key=key)
    with clock.stopped(clock.now() + timedelta(hours=2)):
        response = begin(browser, date, key=key, needs="A ramp")
    assertContains(response, "A ramp", status_code=400)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "00000000", str(UUID(int=1)).upper() + " "])
def test_a_form_without_a_key_is_not_understood(browser, date, key):
    assert browser.post(door(date), {**typed(), "idempotency_key": key}).status_code == 400
    assert not Submission.objects.exists()


def test_extra_keys_change_nothing(browser):
    date = make_date(capacity=30)
    foreign = make_draft()
    extra = {
        "state": "confirmed",
        "seats": "99",
        "phase": "closed",
        "occurrence": "1",
        "priority": "9",
        "source": "desk",
        "owner": "1",
        "reference": "X-26-0001-A",
        "token": str(foreign.token),
        "who-state": "confirmed",
    }
    browser.post(door(date), {**typed(), **extra})
    registration = Registration.objects.get(occurrence=date)
    assert (registration.state, registration.seats, registration.priority) == ("draft", 1, 0)
    assert (registration.source, registration.submission.reference) == ("web", "")
    assert Hold.objects.get().seats == 1


def test_what_is_wrong_is_kept_as_it_was_typed_and_said_on_the_step(browser, date):
    response = browser.post(door(date), {**typed(), "who-person": "", "who-email": "no mailbox"})
    page = browser.get(response["Location"])
    assert response["Location"].endswith("/step/who/?missing")
    assertContains(page, 'value="no mailbox"')
    assertContains(page, 'class="summary"')


@pytest.mark.parametrize(
    "text", ["\0", "a\0b", "x" * 10_000, "\ud7ff\ufffe", "<script>", "٠١٢", "  ", "ნ" * 3000], ids=range(8)
)
def test_whatever_is_typed_gives_a_page(browser, date, text):
    response = browser.post(door(date), {**typed(), "who-person": text, "who-people": [text] * 30})
    assert response.status_code == 302
    assert browser.get(response["Location"]).status_code == 200


def test_a_broken_encoding_gives_a_page(browser, date):
    body = f"idempotency_key={uuid4()}&who-person=%ff%fe&serial=x&on-page=%00".encode()
    response = browser.post(door(date), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 302


def test_a_form_of_several_steps_leads_to_the_next(browser):
    more = step("more", short_text("wish", required=False))
    date = make_date(make_event(*registration_steps(), more))
    assert begin(browser, date)["Location"] == own("forms:tasks", Submission.objects.get()) + "step/more/"


def test_what_is_wrong_with_a_file_is_said(browser, files):
    papers = question("files", "paper", required=False, types=["pdf"], size=1, count=1)
    steps = [step("who", short_text("person", role="person_name"), papers)]
    date = make_date(make_event(*steps))
    file = SimpleUploadedFile("a.exe", b"MZ", content_type="application/pdf")
    response = browser.post(door(date), {**typed(), "who-paper": file})
    page = browser.get(response["Location"])
    assert b"a.exe" in page.content


def test_a_form_for_accounts_asks_to_sign_in_first_and_shows_what_was_typed(browser):
    form = make_form(*registration_steps(), kind="registration", door=Door.ACCOUNT)
    date = make_date(make_event(form=form))
    page = browser.get(door(date))
    assertContains(page, "Sign in and register")
    assertNotContains(page, 'name="who-person"')
    response = begin(browser, date)
    assert response.status_code == 403
    assertContains(response, TYPED["who-person"], status_code=403)
    assert not Submission.objects.exists()
    person = UserFactory()
    assert begin(sign_in(browser, person), date).status_code == 302
    assert Submission.objects.get().owner == person


def test_the_account_fills_in_what_it_knows(date):
    person = UserFactory(name="Samira Haddad", email="samira@example.org")
    page = sign_in(Client(), person).get(door(date))
    assertContains(page, 'value="Samira Haddad"', count=1)
    assertContains(page, 'value="samira@example.org"')


def test_closed_meanwhile_every_text_is_shown_again(browser, date):
    with clock.stopped(date.closes_at + INSTANT):
        response = browser.post(door(date), {**typed(), "who-people": ["Nino", "Giorgi"]})
    assert response.status_code == 409
    for text in (TYPED["who-person"], "Nino", "Giorgi", "Registration closed on"):
        assertContains(response, text, status_code=409)
    assert not Submission.objects.exists()


def test_called_off_meanwhile_it_says_so(browser, date):
    date.status = OccurrenceStatus.CANCELLED
    date.save()
    assertContains(begin(browser, date), "This date has been cancelled", status_code=409)


def test_too_many_from_one_place_are_refused_and_lose_nothing(browser, date, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "begin": "1/h/ip"}
    assert begin(browser, date).status_code == 302
    refused = begin(Client(raise_request_exception=False), date)
    assert refused.status_code == 429
    assertContains(refused, TYPED["who-person"], status_code=429)
    assert Submission.objects.count() == 1


def test_the_session_of_whoever_was_here_before_is_left_behind(browser, date):
    begin(browser, date)
    before = browser.session.session_key
    begin(browser, make_date())
    assert browser.session.session_key != before


# --- What it costs ------------------------------------------------------------------------------


@pytest.fixture
def furniture_is_kept(settings, transactional_db):
    """As everywhere but in tests: menu, host and foot come out of the cache."""
    settings.PAGE_CACHE = True


@pytest.mark.usefixtures("furniture_is_kept")
def test_a_whole_registration_asks_few_questions_of_the_database(django_assert_max_num_queries):
    """Beginnings and ends of transactions are counted, too, and what PostgreSQL needs to be patient."""
    date = make_date(venue=make_venue(Locale.objects.first()))
    begin(Client(), date)
    Client().get(door(date))
    browser = Client()
    total = 0
    with django_assert_max_num_queries(15) as asked:
        assert browser.get(door(date)).status_code == 200
    total += len(asked)
    with django_assert_max_num_queries(25) as asked:
        check = begin(browser, date, email="nino@example.org")["Location"]
    total += len(asked)
    with django_assert_max_num_queries(12) as asked:
        assert browser.get(check).status_code == 200
    total += len(asked)
    with django_assert_max_num_queries(34) as asked:
        receipt = browser.post(check, once())["Location"]
    total += len(asked)
    with django_assert_max_num_queries(12) as asked:
        assert browser.get(receipt).status_code == 200
    assert total + len(asked) <= 80
