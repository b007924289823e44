"""People register in a script of each direction: with scripts or without, with a mailbox, without, helped."""

import re

import pytest
from django.urls import reverse

from cms.accounts.models import User
from cms.events.domain.promote import OFFER
from cms.events.models import Occurrence, Registration
from cms.events.tickets import ticket_url
from cms.jobs.runner import run_due
from cms.messages.models import Message
from tests.e2e.browser import DESKTOP, PHONE, overflow
from tests.e2e.journeys.applying import Somebody, Staff
from tests.e2e.people import enter
from tests.events.factories import register

pytestmark = pytest.mark.usefixtures("seeded")

NAMES = {"ka": ("ნინო წყაროელი", "ლუკა წყაროელი"), "ar": ("ليلى النبع", "كريم النبع")}
PHONE_NUMBER = "+995 555 12 34 56"

languages = pytest.mark.parametrize("language", NAMES)
with_and_without = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])


@pytest.fixture(autouse=True)
def mailbox(settings):
    """Mail goes where the demonstration puts it: on a page for everybody to read."""
    settings.SMTP = {"EMAIL_BACKEND": "cms.demo.mail.MailboxBackend"}


@pytest.fixture
def guest(visitor):
    """Return a function that sits somebody down at a browser that knows nothing of them."""

    def sit(language, email="", *, scripts=True, kind=Guest):
        # Georgian at a desk, Arabic on a phone; both sizes are looked at again by axe.
        window = visitor(width=DESKTOP if language == "ka" else PHONE, scripts=scripts)
        return kind(window, language, email)

    return sit


@pytest.fixture
def small_date():
    """Return a date of the seeded series with two seats, both free."""
    like = Occurrence.objects.get(event__code="ECO", number=1)
    fields = {"event": like.event, "on": like.on, "begins": like.begins, "ends": like.ends}
    return Occurrence.objects.create(number=like.event.occurrences.count() + 1, capacity=2, **fields)


class Guest(Somebody):
    """Somebody who comes to an event."""

    own = "my/[0-9a-f-]+/"

    def tell_who(self, *names, **reach):
        """Answer the first questions, and go on to what these people need; nothing there is compulsory."""
        self.fill("who", name=names[0], **reach)
        self.name_people(*names)
        self.go_on()
        assert self.at(f"{self.own}step/needs/")
        self.go_on()
        assert self.at(f"{self.own}check/")

    def name_people(self, *names):
        """Write a name into each box from the first on, nothing into the others."""
        boxes = self.box("who", "people").all()
        for place, box in enumerate(boxes):
            box.fill(names[place] if place < len(names) else "")

    def register(self, date, *names, **reach):
        """Register for a date by its door; return the reference."""
        self.open(f"register/{date.event.code}/{date.number}/")
        self.tell_who(*names, **reach)
        return self.send()

    @property
    def code(self):
        """The code on the receipt, shown once."""
        return self.page.locator("[aria-labelledby=code] .ref").inner_text()

    def come_back(self, reference, code):
        """Find the registration in a browser that knows nothing of it."""
        self.open("my/")
        self.page.locator("main [name=reference]").fill(reference)
        self.page.locator("main [name=code]").fill(code)
        self.press("main form[action$='/find/'] button")
        assert self.at(f"{self.own}status/")

    def come_back_by_mail(self, reference):
        """Follow the newest mail to where a link can be had, have one sent, and follow it."""
        self.page.goto(self.address_in(reference, "/my/links/"))
        self.page.locator("main [name=email]").fill(self.email)
        self.press("main form.form .actions button")
        self.page.goto(self.address_in("/my/resume/", "/my/resume/"))
        self.press("main form .actions button")

    def cancel(self):
        """Cancel from the page that says where it stands."""
        self.press("main a[href$='/withdraw/']")
        self.press("main form button.exit")
        assert self.at(f"{self.own}status/")

    def people_shown(self, *names):
        """Tell whether exactly these people come."""
        told = self.page.locator("[aria-labelledby=date] ul li, [aria-labelledby=people] ul li")
        return told.all_inner_texts() == list(names)


def state_of(reference):
    """Return the state of a registration, its seats, and who comes."""
    found = Registration.objects.get(submission__reference=reference)
    return found.state, found.seats


# --- Without a mailbox ----------------------------------------------------------------------------


def find_the_event(person):
    """Come from home to the calendar, to the event, and to the door of its first date."""
    person.open("")
    person.choose("events/")
    person.press(f"main a[href^='/{person.language}/events/seven-cities/']")
    person.press(f"main a[href='/{person.language}/register/ECO/1/']")


@languages
@with_and_without
def test_two_people_register_without_a_mailbox(guest, language, scripts):
    first, second = NAMES[language]
    person = guest(language, scripts=scripts)
    find_the_event(person)
    person.tell_who(first, second)
    assert person.page.locator("main .answers", has_text=second).count()
    reference = person.send()
    code = person.code
    assert person.people_shown(first, second)
    assert overflow(person.page) <= 0

    person.press("main a[href*='/register/ticket/']")
    assert person.page.locator("main [data-reference]").inner_text() == reference
    assert person.page.locator("main svg").first.is_visible()
    assert person.people_shown(first, second)

    person = guest(language, scripts=scripts)
    person.come_back(reference, code)
    person.press("main form[action$='/amend/'] button")
    person.press("main .answers a[href*='/answer/who/']")
    person.name_people(first)
    person.go_on()
    assert state_of(reference) == ("confirmed", 2)  # It counts when it is sent.
    person.press("main form.form .actions button")
    assert person.at(f"{person.own}status/")
    assert state_of(reference) == ("confirmed", 1)
    assert person.people_shown(first)
    person.cancel()
    assert state_of(reference)[0] == "cancelled_by_person"
    assert person.page.locator("main a[href*='/register/ticket/']").count() == 0


# --- On the waiting list --------------------------------------------------------------------------


@languages
def test_who_waits_is_offered_a_seat_and_takes_it(guest, small_date, language):
    first, second = NAMES[language]
    email = "guest.nino@example.org"
    others = guest(language, scripts=False)
    taken = others.register(small_date, first, second)
    waiting = guest(language, email, scripts=language == "ka")
    reference = waiting.register(small_date, first, email=email)
    assert state_of(reference) == ("waitlisted", 1)
    assert waiting.page.locator("[aria-labelledby=place]").is_visible()
    assert len(waiting.letters(reference)) == 1

    others.press("main a.button[href$='/status/']")
    others.cancel()
    assert state_of(taken)[0] == "cancelled_by_person"
    assert len(waiting.letters(reference)) == 2
    waiting = guest(language, email, scripts=language == "ka")
    waiting.come_back_by_mail(reference)
    waiting.press("[aria-labelledby=offer] form button")
    assert state_of(reference) == ("confirmed", 1)
    assert waiting.people_shown(first)
    assert len(waiting.letters(reference)) == 3
    assert waiting.page.locator("main a[href*='/register/ticket/']").is_visible()


# --- Somebody helps -------------------------------------------------------------------------------


class Helper(Staff, Guest):
    """Somebody who registers others: in a hub, or at the desk of those who run the event."""

    def register_somebody(self, name, language):
        """Register somebody whom only a call reaches, from the page that asks for whom."""
        self.page.locator("main [name=name]").fill(name)
        self.page.locator("main [name=phone]").fill(PHONE_NUMBER)
        self.page.locator("main [name=language]").select_option(language)
        self.page.locator("main [name=consent]").check()
        self.go_on()
        self.tell_who(name, phone=PHONE_NUMBER)
        return self.send()


def test_a_helper_registers_somebody_and_the_door_reads_the_ticket(guest, visitor):
    first, _second = NAMES["ar"]
    helper = guest("ka", kind=Helper)
    helper.become("helper")
    helper.open("register/ECO/1/")
    helper.press("main a[href$='/help/']")
    reference = helper.register_somebody(first, "ar")
    assert re.fullmatch(r"[0-9A-Z -]{6,}", helper.code)

    found = Registration.objects.get(submission__reference=reference)
    assert (found.state, found.source, found.submission.language) == ("confirmed", "helper", "ar")
    door = Staff(visitor(), "ka")
    door.become("event_manager")
    door.window.page.goto(ticket_url(found.submission))
    assert door.page.url.endswith(f"/inspect/{found.submission.pk}/")
    assert door.page.locator("main [data-reference]").first.inner_text() == reference


# --- At the desk ----------------------------------------------------------------------------------


class Manager(Helper):
    """Somebody who runs the event."""

    def look_at_seats(self, date):
        """Open the page about the seats of a date."""
        self.window.open(reverse("event_dates:seats", args=[date.pk]))

    def offer_one_more(self, seats, reference):
        """Give one seat more, once it is seen who gets it."""
        self.page.locator("[name=capacity]").fill(str(seats))
        self.press(".khidi-capacity button")
        assert self.page.locator(".khidi-chosen [data-reference]").all_inner_texts() == [reference]
        self.press(".khidi-action button")

    def people_in(self, group):
        """Return the references in a part of the page about the seats."""
        return self.page.locator(f"[aria-labelledby={group}] [data-reference]").all_inner_texts()

    def ring(self, template):
        """Find the call about something on the page of a registration, and note that it was made."""
        call = Message.objects.filter(template=template).latest("pk")
        self.press(f".khidi-told a[href$='/calls/inspect/{call.pk}/']")
        self.press("main a[href*='/calls/reached/']")
        self.press("main form[method=post] button[type=submit]")
        run_due()


def test_the_desk_registers_somebody_without_email_and_rings_them_about_a_seat(guest, small_date):
    first, second = NAMES["ka"]
    taken = register(small_date, names=[first, second], typed={"name": first}).submission.reference
    desk = guest("de", kind=Manager)  # On a telephone, too.
    enter(desk.window, User.objects.get(email="event.manager@khidi.example"))
    desk.look_at_seats(small_date)
    desk.press(".khidi-work a[href$='/help/']")
    reference = desk.register_somebody(first, "ka")
    found = Registration.objects.get(submission__reference=reference)
    assert (found.state, found.source, found.submission.email) == ("waitlisted", "desk", "")

    desk.look_at_seats(small_date)
    assert (desk.people_in("waiting"), desk.people_in("confirmed")) == ([reference], [taken])
    desk.offer_one_more(3, reference)
    assert (desk.people_in("offered"), desk.people_in("waiting")) == ([reference], [])
    assert desk.page.locator("#main .khidi-late").count() == 1  # Nobody has told them yet.

    desk.press(".khidi-work a[href*='/submissions/?subject=']")
    listed = desk.page.locator("tbody [data-reference]").all_inner_texts()
    assert set(listed) == {reference, taken}
    desk.press(f"tbody tr:has-text('{reference}') a[href*='/submissions/inspect/']")
    desk.ring(OFFER)
    desk.look_at_seats(small_date)
    assert desk.people_in("offered") == [reference]
    assert overflow(desk.page) <= 0
    assert desk.page.locator("#main .khidi-late").count() == 0
    desk.press("[aria-labelledby=offered] form[action*='/accept/'] button")
    assert desk.people_in("offered") == []
    assert set(desk.people_in("confirmed")) == {reference, taken}
    assert state_of(reference) == ("confirmed", 1)
