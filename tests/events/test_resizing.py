"""An answer that changes how many people come changes what is kept for them; others cost nothing."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.events import seats
from cms.events.models import Hold
from cms.forms.domain.errors import BusyError
from cms.forms.models import StepData
from tests.events.factories import make_date, make_event, register
from tests.events.places import fresh, states
from tests.events.visiting import address, door, own, typed
from tests.forms.factories import equals, people, send, short_text, step, yes_no

pytestmark = pytest.mark.django_db

WHO = short_text("person", role="person_name", pii="personal")
NAMES = ("ნინო", "გიორგი", "ანა", "დავითი")


@pytest.fixture
def browser():
    return Client()


def later_page(**fields):
    """Return a date whose form asks on its second page who comes."""
    event = make_event(step("who", WHO), step("company", people("people")))
    return make_date(event, **fields)


def begin(browser, date):
    """Begin it and return the hold."""
    assert browser.post(door(date), typed(person="ნინო")).status_code == 302
    return Hold.objects.get()


def save(browser, hold, *names, step="company", **more):
    """Save a page; return the answer and what the database was asked."""
    row = StepData.objects.filter(submission=hold.submission, step=step).first()
    answers = more | ({"people": list(names)} if names else {})
    data = {f"{step}-{key}": value for key, value in answers.items()}
    data |= {"serial": str(row.serial if row else 0), "wizard-current_step": step}
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(address("forms:step", hold.submission.token, step), data)
    return answer, [query["sql"] for query in asked]


def kept(hold):
    hold.refresh_from_db()
    return hold.seats


def of_holds(queries):
    """Return what was asked about kept seats alone; that a page tells until when is another matter.

    That a draft brings along what is kept for it (a join) asks nothing more.
    """
    own = re.compile('(FROM|INTO|UPDATE) "cms_events_hold"')
    return [sql for sql in queries if own.search(sql) and 'expires_at" >' not in sql]


# --- What must not happen -------------------------------------------------------------------------


def test_a_busy_date_keeps_no_answer_from_being_saved(browser, monkeypatch):
    hold = begin(browser, later_page())

    def busy(*_keys):
        raise BusyError

    monkeypatch.setattr(seats, "lock_one", busy)
    answer, _asked = save(browser, hold, *NAMES[:3])
    assert answer.status_code == 302
    assert StepData.objects.get(step="company").data["people"] == list(NAMES[:3])
    assert kept(hold) == 1


def test_a_wrong_answer_changes_nothing_that_is_kept(browser):
    date = later_page()
    hold = begin(browser, date)
    save(browser, hold, *NAMES[:2])
    for names in [("x" * 300, *NAMES[:2]), ("",)]:
        answer, asked = save(browser, hold, *names)
        assert answer.status_code == 200
        assert (kept(hold), of_holds(asked)) == (2, [])
    save(browser, hold, "ნინო")
    assert kept(hold) == 1


def test_never_more_than_half_of_what_is_left(browser):
    hold = begin(browser, later_page(capacity=6))
    save(browser, hold, *NAMES)
    assert kept(hold) == 1


def test_what_another_window_has_sent_keeps_nothing(browser):
    date = later_page()
    hold = begin(browser, date)
    save(browser, hold, *NAMES[:2])
    send(fresh(hold.submission))
    answer, _asked = save(browser, hold, *NAMES[:3])
    assert answer.status_code == 409
    assert not Hold.objects.exists()


def test_as_many_as_before_ask_nothing_about_seats(browser):
    hold = begin(browser, later_page())
    for names in [NAMES[:1], NAMES[1:2]]:  # Whoever registers comes alone, as was thought at the door.
        _answer, asked = save(browser, hold, *names)
        assert of_holds(asked) == []
    save(browser, hold, *NAMES[:3])
    _answer, asked = save(browser, hold, *NAMES[1:])
    assert of_holds(asked) == []
    assert kept(hold) == 3


def test_a_group_begins_with_as_many_questions_to_the_database_as_one_alone(browser):
    date = make_date()
    asked = []
    browser.post(door(date), typed())  # What is asked once and then remembered is known by now.
    for names in [NAMES[:1], NAMES[:3]]:
        with CaptureQueriesContext(connection) as queries:
            browser.post(door(date), typed(people=list(names)))
        asked.append(len(queries))
    assert asked[1] == asked[0]
    assert sorted(Hold.objects.values_list("seats", flat=True)) == [1, 1, 3]


def test_a_full_date_is_asked_once_whether_seats_can_be_kept(browser):
    date = make_date(capacity=1)
    register(date)
    with CaptureQueriesContext(connection) as queries:
        browser.post(door(date), typed(people=list(NAMES[:3])))
    assert len([sql for sql in (query["sql"] for query in queries) if "SUM" in sql and "hold" in sql]) == 1


# --- What it is for -------------------------------------------------------------------------------


def test_more_people_keep_more_seats(browser):
    hold = begin(browser, later_page())
    answer, _asked = save(browser, hold, *NAMES[:3])
    assert answer.status_code == 302
    assert kept(hold) == 3


def test_fewer_people_keep_fewer_and_the_next_one_moves_up(browser):
    date = later_page(capacity=6)
    hold = begin(browser, date)
    save(browser, hold, *NAMES[:3])
    first, waiting = register(date, names=NAMES[:3]), register(date)
    assert states(first, waiting) == ["confirmed", "waitlisted"]
    save(browser, hold, "ნინო")
    assert kept(hold) == 1
    assert states(waiting) == ["offered"]


def test_an_answer_that_takes_the_question_away_counts_too(browser):
    """Somebody comes alone after all: who comes is asked on a page that is gone now."""
    alone = step("company", people("people"), condition=equals("group", value=True))
    date = make_date(make_event(step("who", WHO, yes_no("group")), alone))
    browser.post(door(date), typed(person="ნინო", group="yes"))
    hold = Hold.objects.get()
    save(browser, hold, *NAMES[:3])
    assert kept(hold) == 3
    save(browser, hold, step="who", person="ნინო", group="no")
    assert kept(hold) == 1


def test_the_button_for_more_time_counts_them_too(browser):
    hold = begin(browser, later_page())
    data = {"step": "company", "company-people": list(NAMES[:2]), "serial": "0"}
    assert browser.post(own("events:longer", hold.submission), data).status_code == 302
    assert kept(hold) == 2
