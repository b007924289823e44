"""Rules for dates in the admin: typed in fields, never a date twice, nothing that a night leaves out."""

from datetime import UTC, datetime, time

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from cms.accounts.enums import Role
from cms.core import clock
from cms.core.partial import PartialDate
from cms.events.models import Occurrence, Recurrence
from cms.forms.domain.errors import BusyError
from cms.pages.models import Place
from tests.accounts.factories import person_with
from tests.events.factories import make_date, make_event
from tests.events.people import browser_of
from tests.pages.factories import make_snippet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_date():
    with clock.stopped(datetime(2030, 11, 1, 9, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def browser(event):
    return browser_of(person_with(Role.EVENT_MANAGER, event.unit))


def url(name, *keys, to="event_rules"):
    return reverse(f"{to}:{name}", args=keys)


def typed_rule(**changes):
    data = {"freq": "weekly", "interval": "1", "weekdays": ["1", "3"], "nth": "", "begins": "9", "ends": "12"}
    data |= {"first_day_day": "5", "first_day_month": "11", "first_day_year": "2030", "zone": "Asia/Tbilisi"}
    data |= {"last_day_day": "14", "last_day_month": "11", "last_day_year": "2030", "without": "7.11.2030"}
    return {**data, "city": "", "venue": "", "hub": "", "capacity": "6", "waiting_limit": "", **changes}


def test_a_rule_makes_dates_and_is_shown_in_the_fields_it_was_typed_in(browser, event):
    address = f"{url('add', to='event_rules')}?event={event.pk}"
    assert browser.post(address, typed_rule()).status_code == 302
    made = Occurrence.objects.exclude(recurrence=None)
    assert [str(date.on) for date in made] == ["2030-11-05", "2030-11-12", "2030-11-14"]
    shown = browser.get(url("edit", Recurrence.objects.get().pk, to="event_rules"))
    assertContains(shown, "07.11.2030")
    assertContains(shown, 'value="12:00"')
    assertContains(browser.get(url("index", to="event_rules")), "Every week: Tuesday, Thursday")


@pytest.mark.parametrize(
    "change",
    [
        {"weekdays": []},
        {"interval": "0"},
        {"interval": "53"},
        {"ends": "9"},
        {"without": "32.11.2030"},
        {"last_day_year": "2029"},
        {"freq": "monthly", "weekdays": ["1"]},
        {"freq": "monthly", "nth": "1"},
        {"freq": "daily"},
        {"begins": "9:00:30"},
        {"first_day_year": "0001"},
        {"first_day_year": "9999", "last_day_year": "9999"},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(browser, event, change):
    address = f"{url('add', to='event_rules')}?event={event.pk}"
    assert browser.post(address, typed_rule(**change)).status_code == 200
    assert not Recurrence.objects.exists()


def test_a_day_that_is_named_twice_counts_once(browser, event):
    address = f"{url('add', to='event_rules')}?event={event.pk}"
    assert browser.post(address, typed_rule(weekdays=["1", "1"])).status_code == 302
    assert "BYDAY=TU" in Recurrence.objects.get().rule


def test_a_rule_sent_twice_is_one_rule_with_its_dates_once(browser, event):
    address = f"{url('add', to='event_rules')}?event={event.pk}"
    assert browser.post(address, typed_rule()).status_code == 302
    made = list(Occurrence.objects.values_list("pk", flat=True))
    again = browser.post(address, typed_rule())
    assertContains(again, "at that hour and place on 5 November 2030, 12 November 2030, 14 November 2030")
    assert again.context["form"].errors.keys() == {"begins"}
    assert Recurrence.objects.count() == 1
    assert list(Occurrence.objects.values_list("pk", flat=True)) == made
    assert browser.post(address, typed_rule(begins="13", ends="14")).status_code == 302  # Another hour.


def test_a_rule_makes_no_second_date_beside_one_made_by_hand(browser, event):
    make_date(event, on=PartialDate(2030, 11, 12), begins=time(9), ends=time(10))
    address = f"{url('add', to='event_rules')}?event={event.pk}"
    assertContains(browser.post(address, typed_rule()), "at that hour and place on 12 November 2030:")
    assert not Recurrence.objects.exists()
    assert browser.post(address, typed_rule(without="12.11.2030")).status_code == 302
    rule = Recurrence.objects.get()
    change = url("edit", rule.pk, to="event_rules")
    assert browser.post(change, typed_rule(without="12.11.2030", ends="13")).status_code == 302
    assertContains(browser.post(change, typed_rule(without="")), "on 12 November 2030:")


def test_another_place_or_a_cancelled_date_leaves_room_for_a_rule(browser, event):
    tbilisi = make_snippet(Place, name="თბილისი", slug="tbilisi")
    make_date(event, on=PartialDate(2030, 11, 12), begins=time(9), ends=time(10), city=tbilisi)
    make_date(event, on=PartialDate(2030, 11, 14), begins=time(9), ends=time(10), status="cancelled")
    address = f"{url('add', to='event_rules')}?event={event.pk}"
    assert browser.post(address, typed_rule()).status_code == 302


def test_hours_that_a_night_leaves_out_make_no_rule_fail(browser, event):
    address = f"{url('add', to='event_rules')}?event={event.pk}"
    night = typed_rule(weekdays=["6"], begins="2:30", ends="3:15", zone="Europe/Berlin", without="")
    night |= {"last_day_day": "30", "last_day_month": "4", "last_day_year": "2031"}
    assert browser.post(address, night).status_code == 302
    assert not Occurrence.objects.filter(on="2031-03-30").exists()
    assert Occurrence.objects.filter(on="2031-04-06").exists()


def test_whoever_is_refused_at_the_last_moment_reads_why(browser, event, monkeypatch):
    for name, typed in (("event_dates", TYPED_DATE), ("event_rules", typed_rule())):
        module = "date_form.save_date" if name == "event_dates" else "rule_form.save_recurrence"
        with monkeypatch.context() as patch:
            patch.setattr(f"cms.events.presenters.{module}", _busy)
            answer = browser.post(f"{url('add', to=name)}?event={event.pk}", typed)
        assert answer.status_code == 200
        assertContains(answer, "please send it once more")


TYPED_DATE = {"on": "25.11.2030", "begins": "11:00", "ends": "15:00", "zone": "Asia/Tbilisi"}


def _busy(**_details):
    raise BusyError
