"""No violation on the pages on which people register, nor on those about their registration."""

import pytest

from cms.accounts.enums import Role
from cms.events.domain.keep_seats import keep_seats
from cms.forms.domain.withdraw import withdraw
from cms.pages.models import HomePage, Place
from tests.accounts.factories import UserFactory, person_with
from tests.e2e.axe.test_after_sending import wrong_at
from tests.e2e.axe.test_axe import looked_at
from tests.e2e.browser import DESKTOP, PHONE
from tests.e2e.people import enter
from tests.events.factories import (
    make_calendar,
    make_date,
    make_draft,
    make_event,
    make_event_page,
    make_venue,
    register,
)
from tests.pages.factories import make_snippet

pytestmark = pytest.mark.django_db(transaction=True)

languages = pytest.mark.parametrize(("language", "theme"), [("ka", "light"), ("ar", "dark")])


@pytest.fixture
def person():
    return UserFactory(name="სამირა ჰადადი")


@pytest.fixture
def date(site):
    """Announce a meeting with a place that has everything to tell."""
    calendar = make_calendar(HomePage.objects.get(locale__language_code="ka"))
    event = make_event(languages=["ka"], mediation=["ar", "uk"])
    make_event_page(calendar, event, title="გარემო, კლიმატი და მიგრაცია", cost="უფასო")
    places = {"name": "სახლი ხიდთან", "directions": "ავტობუსი 10", "step_free": True, "lift": True}
    venue = make_venue(calendar.locale, **places)
    town = make_snippet(Place, name="ბათუმი", slug="batumi")
    return make_date(event, venue=venue, city=town, capacity=30, online_link="https://meet.example/room")


@pytest.fixture
def offered(date, person):
    """Return a registration of the person to which a seat is offered, at a date with one seat."""
    small = make_date(date.event, capacity=1)
    first = register(small)
    waiting = register(small, owner=person)
    register(small)
    withdraw(submission=first.submission, by=None)
    return waiting


@languages
def test_axe_finds_nothing_where_people_register(visitor, date, offered, person, language, theme):
    draft = make_draft(date, owner=person)
    keep_seats(submission=draft, people=1)
    door, own = f"/{language}/register/{date.event.code}", f"/{language}/my/{draft.token}"
    full = f"{door}/{offered.occurrence.number}/"
    window = enter(visitor(width=PHONE, theme=theme), person)
    assert wrong_at(window, [f"{door}/{date.number}/", full, f"{own}/step/who/", f"{own}/check/"]) == {}
    page = window.page
    page.goto(f"{door}/{date.number}/")
    page.locator("[name=who-person]").fill("")
    page.locator("main form .button").last.click()
    page.locator(".summary").wait_for()
    assert looked_at(page, PHONE) == []


@languages
def test_axe_finds_nothing_on_a_registration(visitor, date, offered, person, language, theme):
    sent = register(date, owner=person, names=["სამირა", "Omar Haddad"]).submission.token
    own = f"/{language}/my"
    pages = [f"{own}/{sent}/receipt/", f"{own}/{sent}/status/", f"/{language}/register/ticket/{sent}/"]
    pages += [f"{own}/{offered.submission.token}/{name}/" for name in ("status", "withdraw")]
    assert wrong_at(enter(visitor(width=PHONE, theme=theme), person), [*pages, f"{own}/"]) == {}


@languages
def test_axe_finds_nothing_at_the_desk(visitor, date, language, theme):
    manager = person_with(Role.EVENT_MANAGER, date.event.unit)
    window = enter(visitor(width=DESKTOP, theme=theme), manager)
    address = f"/{language}/register/{date.event.code}/{date.number}/help/"
    assert wrong_at(window, [address]) == {}
    window.page.locator("main form .button").click()
    window.page.locator(".summary").wait_for()
    assert looked_at(window.page, DESKTOP) == []
