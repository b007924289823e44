"""Events, dates and registrations.

date = make_date(capacity=10)                      # open now, in 2030
draft = make_draft(date, names=["Nino", "Giorgi"])  # ready to be sent
registration = register(date)                      # sent: confirmed or waiting
"""

from datetime import time
from itertools import count
from uuid import uuid4

from django.db.models import Max

from cms.core.partial import PartialDate
from cms.events.enums import EventState
from cms.events.models import Event, EventIndexPage, EventPage, Occurrence, Registration, Venue
from cms.forms.enums import Door
from cms.forms.models import Submission
from tests.accounts.factories import UnitFactory
from tests.forms.factories import fill, make_form, people, question, send, short_text, step

_numbers = count(1)


def registration_steps():
    """Return the one step of a usual registration: who, how to reach them, who else, what is needed."""
    return [
        step(
            "who",
            short_text("person", role="person_name", pii="personal"),
            question("phone", "phone", role="phone", pii="personal", required=False),
            question("email", "email", role="email", pii="personal", required=False),
            people("people"),
            short_text("needs", pii="special", required=False),
        )
    ]


def make_event(*steps, form=None, **fields):
    """Return an announced event with a form for registration, for up to five people at once."""
    unit = fields.pop("unit", None) or (form.unit if form else UnitFactory())
    kind = {"kind": "registration", "door": Door.OPEN, "unit": unit}
    form = form or make_form(*(steps or registration_steps()), **kind)
    fields = {
        "code": f"E{uuid4().hex[:6].upper()}",
        "name": "Workshop about work",
        "state": EventState.LIVE,
        "people_at_most": 5,
        **fields,
    }
    return Event.objects.create(unit=unit, form=form, **fields)


def make_date(event=None, **fields):
    """Return a date on 25 November 2030, 11:00–15:00 in Tbilisi, with 10 seats."""
    event = event or make_event()
    last = event.occurrences.aggregate(last=Max("number"))["last"] or 0
    fields = {
        "number": last + 1,
        "on": PartialDate(2030, 11, 25),
        "begins": time(11),
        "ends": time(15),
        "capacity": 10,
        **fields,
    }
    return Occurrence.objects.create(event=event, **fields)


def make_draft(occurrence=None, *, names=("ნინო ბერიძე",), typed=None, source="web", **fields):
    """Return a draft for a date that can be sent."""
    occurrence = occurrence or make_date()
    event = occurrence.event
    fields = {"key": uuid4(), "kind": "registration", "unit": event.unit, "language": "ka", **fields}
    submission = Submission.objects.create(version=event.form.current, **fields)
    Registration.objects.create(submission=submission, occurrence=occurrence, source=source)
    return fill(submission, **{"person": names[0], "people": list(names), **(typed or {})})


def register(occurrence=None, *, arrived=None, **details):
    """Register somebody: return the registration, confirmed or waiting."""
    draft = make_draft(occurrence, **details)
    send(draft, arrived=arrived)
    return Registration.objects.select_related("submission", "occurrence__event").get(submission=draft)


def make_venue(locale, **fields):
    """Return a venue."""
    return Venue.objects.create(
        **{"name": "House by the bridge", "address": "River Street 3", **fields}, locale=locale
    )


def make_calendar(home, **fields):
    """Publish the calendar below a home page."""
    page = EventIndexPage(**{"title": "ღონისძიებები", "slug": "events", "locale": home.locale, **fields})
    return home.add_child(instance=page)


def make_event_page(calendar, event=None, **fields):
    """Publish the page of an event."""
    fields = {
        "title": "სამუშაო შეხვედრა",
        "slug": f"event-{next(_numbers)}",
        "lead": "ვისაუბროთ სამუშაოზე.",
        **fields,
    }
    page = EventPage(event=event or make_event(), locale=calendar.locale, **fields)
    return calendar.add_child(instance=page)
