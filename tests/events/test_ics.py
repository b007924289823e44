"""Calendars say the moments that were meant, in every script, and nothing can be smuggled into them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from cms.core.zones import in_utc
from cms.events.calendar.ics import Entry, calendar, calendar_response

GEORGIAN = "საინფორმაციო შეხვედრა: როგორ გავხსნათ საკუთარი საქმე, და სად უნდა დავრეგისტრირდეთ ამისთვის"
ARABIC = "لقاء تعريفي: كيف تفتح مشروعك الخاص، وأين تسجّله، وما الأوراق التي تحتاج إليها عند التسجيل"


def wall(text):
    return datetime.fromisoformat(text)


def entry(**changes):
    plain = Entry(
        uid="8JKM2WQT@example.org",
        sequence=0,
        title="Opening a business",
        text="Bring a passport.",
        place="Rustaveli Avenue 1, Tbilisi",
        url="https://example.org/en/events/opening-a-business/",
        starts=wall("2026-11-03T18:00"),
        ends=wall("2026-11-03T20:00"),
        zone="Asia/Tbilisi",
        status="confirmed",
        stamp=datetime(2026, 10, 1, 9, 30, tzinfo=UTC),
    )
    return replace(plain, **changes)


def written(*entries, name="Events", language="en"):
    return calendar(entries, name=name, language=language)


def read(*entries, **options):
    return Calendar.from_ical(written(*entries, **options))


def only(**changes):
    (event,) = read(entry(**changes)).events
    return event


def unfolded(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


# --- What must not happen -------------------------------------------------------------------------


BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1e", "\x00\n"]
SMUGGLED = "ATTACH:https://evil.example/"


@pytest.mark.parametrize("line", BREAKS)
@pytest.mark.parametrize("field", ["uid", "title", "text", "place", "url", "organiser", "online", "language"])
def test_no_field_can_begin_a_line_of_its_own(field, line):
    content = written(entry(**{field: f"https://example.org/{line}{SMUGGLED}"}))
    assert not [one for one in content.decode().splitlines() if one.startswith("ATTACH")]
    assert "ATTACH" not in Calendar.from_ical(content).events[0]


@pytest.mark.parametrize("line", BREAKS)
def test_neither_can_the_name_of_the_calendar(line):
    content = written(entry(), name=f"Events{line}{SMUGGLED}")
    assert not [one for one in content.decode().splitlines() if one.startswith("ATTACH")]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_gives_a_calendar_of_the_same_lines(title, text):
    """Whatever is typed, no line comes or goes, none is too long and none cuts a character in two."""
    content = written(entry(title=title, text=f"x{text}", organiser=title))
    names = [re.split("[:;]", line)[0] for line in unfolded(content)]
    plain = [re.split("[:;]", line)[0] for line in unfolded(written(entry(organiser="x")))]
    assert [name for name in names if name != "ORGANIZER"] == [n for n in plain if n != "ORGANIZER"]
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


@pytest.mark.parametrize("title", [GEORGIAN, ARABIC, "a,b;c:d \"quoted\" 'single' 100 %", "🙂" * 60])
def test_texts_come_back_as_they_were(title):
    event = only(title=title, text=f"{title}\r\n\r\n{title}", place=title)
    assert (event["SUMMARY"], event["LOCATION"]) == (title, title)
    assert event["DESCRIPTION"] == f"{title}\n\n{title}"


@pytest.mark.parametrize(
    "changes",
    [
        {"stamp": wall("2026-10-01T09:30")},
        {"ends": wall("2026-11-03T17:59")},
        {"ends": date(2026, 11, 4)},
        {"starts": date(2026, 11, 3)},
        {"starts": date(2026, 11, 3), "ends": date(2026, 11, 2)},
    ],
)
def test_what_makes_no_sense_is_refused(changes):
    with pytest.raises(ValueError, match=r".+"):
        entry(**changes)


def test_wall_times_carry_no_zone_and_zones_exist():
    with pytest.raises(ValueError, match="no zone of its own"):
        written(entry(starts=datetime(2026, 11, 3, 18, tzinfo=UTC), ends=None))
    with pytest.raises(ZoneInfoNotFoundError):
        written(entry(zone="Asia/Batumi"))


def test_a_link_to_join_is_only_where_it_was_given():
    assert "CONFERENCE" not in only()
    assert b"Join online" not in written(entry())


# --- What is said ---------------------------------------------------------------------------------


def test_the_frame_says_who_made_it_and_what_it_is_called():
    found = read(entry(), name=GEORGIAN, language="ka")
    assert (found["VERSION"], found["METHOD"]) == ("2.0", "PUBLISH")
    assert "Khidi" in found["PRODID"]
    assert found["X-WR-CALNAME"] == found["NAME"] == GEORGIAN


def test_an_entry_says_everything():
    event = only(sequence=3, language="ka", organiser="Khidi; office <office@example.org>")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("8JKM2WQT@example.org", 3, "CONFIRMED")
    assert event["URL"] == "https://example.org/en/events/opening-a-business/"
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    assert {event[key].params["LANGUAGE"] for key in ("SUMMARY", "LOCATION", "DESCRIPTION")} == {"ka"}
    assert event["ORGANIZER"] == "mailto:office@example.org"
    assert event["ORGANIZER"].params["CN"] == "Khidi; office"


def test_an_organiser_without_an_address_is_found_at_the_page():
    event = only(organiser="ხიდი, თბილისი")
    assert event["ORGANIZER"] == event["URL"]
    assert event["ORGANIZER"].params["CN"] == "ხიდი, თბილისი"


def test_where_to_join_is_said_to_programs_and_to_people():
    event = only(online="https://meet.example.org/a;b,c", language="en")
    assert event["CONFERENCE"] == "https://meet.example.org/a;b,c"
    assert event["CONFERENCE"].params["FEATURE"] == "VIDEO"
    assert event["DESCRIPTION"] == "Bring a passport.\n\nJoin online: https://meet.example.org/a;b,c"


def test_the_language_is_that_of_the_entry_not_of_who_asks():
    with override("ar"):
        arabic = written(entry(online="https://meet.example.org/"))
    with override("ka"):
        assert written(entry(online="https://meet.example.org/")) == arabic


def test_the_same_entries_give_the_same_bytes():
    assert written(entry(), entry(uid="2")) == written(entry(), entry(uid="2"))


@pytest.mark.parametrize(
    ("status", "blocks"), [("confirmed", True), ("tentative", True), ("cancelled", False)]
)
def test_what_is_cancelled_stays_and_says_so(status, blocks):
    event = only(status=status, sequence=4)
    assert event["STATUS"] == status.upper()
    assert event["TRANSP"] == ("OPAQUE" if blocks else "TRANSPARENT")


# --- When -----------------------------------------------------------------------------------------


def test_a_day_has_no_zone_and_ends_where_the_next_begins():
    found = read(entry(starts=date(2026, 11, 30), ends=date(2026, 12, 1)))
    assert found.events[0]["DTSTART"].to_ical() == b"20261130"
    assert found.events[0]["DTSTART"].params["VALUE"] == "DATE"
    assert found.events[0]["DTEND"].dt == date(2026, 12, 2)
    assert found.timezones == []


def test_one_day_or_an_open_end_needs_no_end():
    assert "DTEND" not in only(starts=date(2026, 11, 30), ends=None)
    assert "DTEND" not in only(ends=None)
    assert "DTEND" not in only(ends=wall("2026-11-03T18:00"))


def test_wall_times_stand_with_their_zone():
    lines = unfolded(written(entry()))
    assert "DTSTART;TZID=Asia/Tbilisi:20261103T180000" in lines
    assert "DTEND;TZID=Asia/Tbilisi:20261103T200000" in lines


def test_every_zone_is_told_once_and_utc_never():
    found = read(entry(), entry(uid="2"), entry(uid="3", zone="Europe/Berlin"), entry(uid="4", zone="UTC"))
    assert [zone["TZID"] for zone in found.timezones] == ["Asia/Tbilisi", "Europe/Berlin"]
    assert found.events[3]["DTSTART"].to_ical() == b"20261103T180000Z"


HOURS = [timedelta(minutes=30 * step) for step in range(-6, 12)]


def around(text):
    return [wall(text) + hours for hours in HOURS]


CHANGES = [
    ("Europe/Berlin", "2026-03-29T02:00"),
    ("Europe/Berlin", "2026-10-25T02:00"),
    ("Europe/Berlin", "2026-12-31T23:00"),
    ("Asia/Tbilisi", "2004-06-27T00:00"),
    ("Asia/Tbilisi", "2004-10-31T02:00"),
    ("Asia/Tbilisi", "2005-03-27T02:00"),
    ("Asia/Tbilisi", "2026-03-29T02:00"),
    ("Asia/Tbilisi", "2026-10-25T02:00"),
    ("Africa/Casablanca", "2026-02-15T03:00"),
    ("America/St_Johns", "2026-11-01T02:00"),
]


@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_who_knows_the_zone_reads_the_moments_that_were_meant(zone, change):
    walls = around(change)
    found = read(*(entry(uid=str(n), starts=at, ends=None, zone=zone) for n, at in enumerate(walls)))
    assert [event.start.astimezone(UTC) for event in found.events] == [in_utc(at, zone) for at in walls]


def by_vtimezone(component, at):
    """Return the moment of a wall time as RFC 5545 (3.6.5) tells it: by the last onset before it."""
    onsets = []
    for observance in component.subcomponents:
        before, after = (observance[key].td for key in ("TZOFFSETFROM", "TZOFFSETTO"))
        begin = observance["DTSTART"].dt
        for year in range(begin.year, at.year + 1) if "RRULE" in observance else [begin.year]:
            onset = day_of(observance["RRULE"], begin, year) if "RRULE" in observance else begin
            onsets.append((onset - before, after))
    fitting = [at - after for moment, after in sorted(onsets) if at - after >= moment]
    return fitting[-1].replace(tzinfo=UTC)


def day_of(rule, begin, year):
    week, name = re.fullmatch(r"(-?\d)([A-Z]{2})", rule["BYDAY"][0]).groups()
    days = [date(year, rule["BYMONTH"][0], 1) + timedelta(days=n) for n in range(31)]
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    fits = [day for day in days if day.month == rule["BYMONTH"][0] and names[day.weekday()] == name]
    return datetime.combine(fits[int(week) - (int(week) > 0)], begin.time())


@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_who_does_not_know_the_zone_reads_them_from_the_calendar(zone, change):
    """Times that a night has twice or never are put aside: calendars have them in UTC, or not at all."""
    home = ZoneInfo(zone)
    walls = [
        at for at in around(change) if len({at.replace(tzinfo=home, fold=n).utcoffset() for n in (0, 1)}) == 1
    ]
    found = read(*(entry(uid=str(n), starts=at, ends=None, zone=zone) for n, at in enumerate(walls)))
    (component,) = found.timezones
    assert len(walls) >= len(HOURS) - 2
    assert [by_vtimezone(component, at) for at in walls] == [in_utc(at, zone) for at in walls]


def test_berlin_is_two_rules_that_every_program_knows():
    (component,) = read(entry(zone="Europe/Berlin")).timezones
    told = {
        part.name: (part["DTSTART"].to_ical(), part["RRULE"].to_ical(), part["TZOFFSETTO"].to_ical())
        for part in component.subcomponents
    }
    assert told == {
        "DAYLIGHT": (b"20250330T020000", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "+0200"),
        "STANDARD": (b"20251026T030000", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "+0100"),
    }


def test_the_hour_that_a_night_has_twice_is_written_in_utc():
    """The RFC reads the first of the two, we mean the later one."""
    lines = unfolded(written(entry(starts=wall("2026-10-25T02:30"), ends=None, zone="Europe/Berlin")))
    assert "DTSTART:20261025T013000Z" in lines


# --- The answer -----------------------------------------------------------------------------------


def test_the_answer_is_a_calendar_to_keep():
    answer = calendar_response(written(entry()), "opening-a-business.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="opening-a-business.ics"'
    assert Calendar.from_ical(answer.content).events


def test_the_name_is_in_ascii_and_in_full():
    answer = calendar_response(b"", "შეხვედრა.ics")
    plain, full = answer["Content-Disposition"].removeprefix("attachment; ").split("; ")
    assert re.fullmatch(r'filename="[a-z-]+\.ics"', plain)
    assert (
        full
        == "filename*=utf-8''%E1%83%A8%E1%83%94%E1%83%AE%E1%83%95%E1%83%94%E1%83%93%E1%83%A0%E1%83%90.ics"
    )


@pytest.mark.parametrize(
    "name", ["", "a\r\nSet-Cookie: b=c.ics", 'a"; filename="b.exe', "../../შ.ics", "؟.ics"]
)
def test_no_name_can_break_the_header(name):
    disposition = calendar_response(b"", name)["Content-Disposition"]
    assert re.fullmatch(
        r"attachment; filename=\"[\w.-]+\"(; filename\*=utf-8''[\w.%/-]+)?", disposition, re.ASCII
    )
