"""Dates to register for, what that asks of the database, and what became of it: as JSON.

python -m tests.bench.seats make           # two dates, and requests and queries of a registration
python -m tests.bench.seats found KEY      # how the seats of a date are spread now
"""

import json
import sys
from typing import Any

import django


def make() -> dict[str, Any]:
    """Return the door and key of a date for the crowd, a door to warm up, and the cost of a registration."""
    from tests.bench.registering import CLIENTS, SEATS  # noqa: PLC0415 - its room needs Django to be set up

    doors = {"crowd": new_date(SEATS), "warm": new_date(10 * CLIENTS)}
    full = new_date(3)
    return doors | {"registration": registration(new_date(10)["door"], full["door"])}


def new_date(capacity: int) -> dict[str, Any]:
    """Add a date with so many seats to the seeded series; return its key and its door."""
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.db.models import Max  # noqa: PLC0415 - as above

    from cms.events.models import Event, Occurrence  # noqa: PLC0415 - as above

    event = Event.objects.get(code="ECO")
    like = event.occurrences.order_by("number").first()
    if like is None:
        raise SystemExit("The demonstration has no date to register for.")
    number = event.occurrences.aggregate(last=Max("number"))["last"] + 1
    date = Occurrence.objects.create(
        event=event, number=number, on=like.on, begins=like.begins, ends=like.ends, capacity=capacity
    )
    return {"key": date.pk, "door": f"/{settings.LANGUAGE_CODE}/register/{event.code}/{number}/"}


CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
"""With which transactions begin and end: said apart, as they ask for nothing."""


def registration(free: str, full: str) -> dict[str, int]:
    """Return requests and queries of one registration: of whichever asks more, a seat or to wait."""
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    from tests.bench.intake import Inside  # noqa: PLC0415 - as above
    from tests.bench.registering import Counting, register  # noqa: PLC0415 - as above

    counts = []
    for number, door in ((0, free), (2, free), (6, full), (2, full)):
        browser = Counting(Inside())
        with CaptureQueriesContext(connection) as captured:
            register(browser, door, number)
        asked = [query["sql"] for query in captured.captured_queries]
        control = sum(sql.startswith(CONTROL) for sql in asked)
        counts.append((browser.answers.total(), len(asked) - control, control))
    _first, confirmed, _all, waiting = counts  # The first finds nothing remembered, the third every seat.
    return dict(zip(("requests", "queries", "control"), map(max, confirmed, waiting), strict=True))


def found(key: int) -> dict[str, Any]:
    """Return how the seats of a date are spread, and in which order people wait."""
    from cms.core import clock  # noqa: PLC0415 - as above
    from cms.events import seats  # noqa: PLC0415 - as above
    from cms.events.models import Occurrence, Registration  # noqa: PLC0415 - as above

    date = Occurrence.objects.get(pk=key)
    left = seats.count(date, at=clock.now())
    sent = Registration.objects.filter(occurrence=date).exclude(submission__reference="")
    line = list(seats.queue(date).values_list("submission__reference", flat=True))
    return {
        "capacity": date.capacity,
        "taken": left.confirmed + left.offered,
        "held": left.held,
        "waiting": left.waiting,
        "moves": len(seats.in_turn(date, left)),
        "ordered": line
        == sorted(line),  # References are drawn one after the other, while the date is locked.
        "references": sorted(sent.values_list("submission__reference", flat=True)),
    }


def main() -> None:
    """Print the answer."""
    django.setup()
    verb, *arguments = sys.argv[1:]
    answer = make() if verb == "make" else found(int(arguments[0]))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
