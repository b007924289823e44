"""Dates that repeat stay in their bounds, on their weekdays and at their hour."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from cms.core.zones import in_utc
from cms.events.recurrence import MOST, Rule, occurrences, parse, to_rrule, told

TUESDAY, THURSDAY, SUNDAY = 1, 3, 6
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)

CLASS = Rule(
    freq="weekly",
    interval=1,
    weekdays=(TUESDAY, THURSDAY),
    nth=None,
    starts=datetime.fromisoformat("2026-11-03T09:00"),
    minutes=180,
)
CIRCLE = replace(CLASS, freq="monthly", weekdays=(0,), nth=1)

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def rules(draw):
    freq = draw(st.sampled_from(["weekly", "monthly"]))
    most = 7 if freq == "weekly" else 1
    starts = datetime.combine(draw(days), draw(st.times())).replace(second=0, microsecond=0)
    ends = st.dates(starts.date(), starts.date() + timedelta(days=900))
    return Rule(
        freq=freq,
        interval=draw(st.integers(1, 6)),
        weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=most)))),
        nth=draw(st.sampled_from([1, 2, 3, 4, -1])) if freq == "monthly" else None,
        starts=starts,
        minutes=draw(st.integers(1, 1440)),
        until=draw(st.none() | ends),
        skip=frozenset(draw(st.sets(ends, max_size=20))),
    )


# --- When -----------------------------------------------------------------------------------------


@given(rules(), days, st.integers(0, 900))
def test_dates_keep_to_their_rule(rule, after, length):
    before = after + timedelta(days=length)
    found = occurrences(rule, after=after, before=before)
    begins = [start for start, _ in found]
    assert begins == sorted(set(begins))
    assert len(found) <= MOST
    for start, end in found:
        assert after <= start.date() <= before
        assert rule.starts <= start
        assert rule.until is None or start.date() <= rule.until
        assert start.date() not in rule.skip
        assert start.weekday() in rule.weekdays
        assert start.time() == rule.starts.time()
        assert end - start == timedelta(minutes=rule.minutes)


def counted_by_hand(rule, day):
    """Tell whether a rule has a date on a day, without any library."""
    first = rule.starts.date()
    if (
        day < first
        or day in rule.skip
        or (rule.until and day > rule.until)
        or day.weekday() not in rule.weekdays
    ):
        return False
    if rule.freq == "weekly":
        mondays = [one - timedelta(days=one.weekday()) for one in (first, day)]
        return (mondays[1] - mondays[0]).days // 7 % rule.interval == 0
    months = (day.year - first.year) * 12 + day.month - first.month
    last = (day + timedelta(days=7)).month != day.month
    return months % rule.interval == 0 and (last if rule.nth == -1 else (day.day - 1) // 7 + 1 == rule.nth)


@given(rules(), st.integers(0, 300))
def test_none_is_missing(rule, offset):
    after = rule.starts.date() + timedelta(days=offset)
    span = [after + timedelta(days=n) for n in range(MOST)]
    found = [start.date() for start, _ in occurrences(rule, after=after, before=span[-1])]
    assert found == [day for day in span if counted_by_hand(rule, day)]


@given(rules())
def test_the_last_day_counts(rule):
    found = occurrences(rule, after=rule.starts.date(), before=rule.starts.date() + timedelta(days=400))
    assume(found)
    last = found[-1][0].date()
    assert occurrences(replace(rule, until=last), after=last, before=LAST.replace(year=2040))[-1] == found[-1]
    assert occurrences(rule, after=last, before=last) == found[-1:]


def test_a_clock_change_does_not_move_the_hour():
    rule = replace(CLASS, weekdays=(SUNDAY,), starts=datetime.fromisoformat("2026-10-18T18:00"))
    found = [start for start, _ in occurrences(rule, after=FIRST, before=date(2026, 11, 1))]
    assert [start.isoformat() for start in found] == [
        f"2026-{day}T18:00:00" for day in ("10-18", "10-25", "11-01")
    ]
    assert [in_utc(start, "Europe/Berlin").hour for start in found] == [16, 17, 17]


def test_what_runs_past_midnight_ends_on_the_next_day():
    late = replace(CLASS, starts=datetime.fromisoformat("2026-11-03T23:00"))
    start, end = occurrences(late, after=FIRST, before=LAST)[0]
    assert (start.day, end.day, end.hour) == (3, 4, 2)


def test_there_are_never_more_than_anybody_plans():
    daily = replace(CLASS, weekdays=tuple(range(7)))
    assert len(occurrences(daily, after=FIRST, before=date(2090, 1, 1))) == MOST


def test_a_span_that_ends_before_it_begins_is_empty():
    assert occurrences(CLASS, after=LAST, before=FIRST) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"freq": "daily"},
        {"interval": 0},
        {"interval": 53},
        {"weekdays": ()},
        {"weekdays": (7,)},
        {"weekdays": (THURSDAY, TUESDAY)},
        {"weekdays": (TUESDAY, TUESDAY)},
        {"nth": 1},
        {"freq": "monthly"},
        {"freq": "monthly", "nth": 1},
        {"freq": "monthly", "nth": 5, "weekdays": (0,)},
        {"starts": datetime.fromisoformat("2026-11-03T09:00+04:00")},
        {"starts": datetime.fromisoformat("2026-11-03T09:00:01")},
        {"minutes": 0},
        {"minutes": 1441},
        {"until": date(2026, 11, 2)},
    ],
)
def test_a_rule_that_makes_no_sense_cannot_be(changes):
    with pytest.raises(ValueError, match=r".+"):
        replace(CLASS, **changes)


# --- As text --------------------------------------------------------------------------------------


@given(rules())
def test_a_rule_comes_back_from_its_text(rule):
    assert parse(to_rrule(rule)) == rule


@given(rules())
def test_others_read_the_same_dates_from_it(rule):
    text = "\n".join(line for line in to_rrule(rule).split("\n") if not line.startswith("DURATION"))
    first, last = rule.starts.date(), rule.starts.date() + timedelta(days=390)
    theirs = rrulestr(text).between(rule.starts, datetime.combine(last, datetime.max.time()), inc=True)
    assert [start for start, _ in occurrences(rule, after=first, before=last)] == theirs


def test_the_text_is_that_of_the_standard():
    rule = replace(CLASS, interval=2, until=date(2026, 12, 31), skip=frozenset({date(2026, 11, 17)}))
    assert to_rrule(rule).split("\n") == [
        "DTSTART:20261103T090000",
        "DURATION:PT180M",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20261231T235959",
        "EXDATE:20261117T090000",
    ]
    assert "BYDAY=-1MO" in to_rrule(replace(CIRCLE, nth=-1))


FRAME = "DTSTART:20261103T090000\nDURATION:{length}\nRRULE:{rule}"


def parsed(rule="FREQ=WEEKLY;BYDAY=TU", length="PT3H"):
    return parse(FRAME.format(rule=rule, length=length))


def test_what_others_write_otherwise_is_understood():
    assert parsed("BYDAY=TH,TU;WKST=MO;FREQ=WEEKLY") == CLASS
    assert parsed("FREQ=WEEKLY;BYDAY=TU,TH", length="PT2H60M") == CLASS


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261110", 10),
        ("20261110T235959", 10),
        ("20261110T090000", 10),
        ("20261110T085959", 9),
    ],
)
def test_until_means_the_last_day_that_can_have_one(until, last):
    assert parsed(f"FREQ=WEEKLY;BYDAY=TU;UNTIL={until}").until == date(2026, 11, last)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("FREQ=DAILY", "weeks or months|BYDAY"),
        ("FREQ=YEARLY;BYDAY=MO", "weeks or months"),
        ("FREQ=WEEKLY", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=3", "COUNT"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYDAY=1MO,2MO", "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=1MO,1TU", "one weekday"),
        ("FREQ=MONTHLY;BYDAY=5MO", "fourth"),
        ("FREQ=MONTHLY;BYDAY=MO", "fourth"),
        ("FREQ=WEEKLY;BYDAY=1MO", "second Monday"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=TU;BYDAY=TH", "twice"),
        ("FREQ=WEEKLY;BYDAY=TU;WKST=SU", "Monday"),
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=x", "INTERVAL"),
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=٢", "INTERVAL"),
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=" + "9" * 5000, "step"),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T235959Z", "without a zone"),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261332T000000", r"."),
        ("FREQ=WEEKLY;BYDAY=TU;", "not among"),
    ],
)
def test_what_a_rule_cannot_say_is_refused_by_name(rule, message):
    with pytest.raises(ValueError, match=message):
        parsed(rule)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RRULE:FREQ=WEEKLY;BYDAY=TU",
        "DTSTART;TZID=Asia/Tbilisi:20261103T090000\nDURATION:PT3H\nRRULE:FREQ=WEEKLY;BYDAY=TU",
        FRAME.format(rule="FREQ=WEEKLY;BYDAY=TU", length="P1D"),
        FRAME.format(rule="FREQ=WEEKLY;BYDAY=TU", length="PT"),
        FRAME.format(rule="FREQ=WEEKLY;BYDAY=TU", length="PT3H") + "\nEXDATE:20261110T100000",
        FRAME.format(rule="FREQ=WEEKLY;BYDAY=TU", length="PT3H") + "\nRDATE:20261110T090000",
    ],
)
def test_lines_that_are_not_understood_are_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        parse(text)


@given(st.text(max_size=80))
def test_any_text_is_a_rule_or_refused(text):
    for whole in (
        text,
        FRAME.format(rule=text, length="PT3H"),
        FRAME.format(rule="FREQ=WEEKLY", length=text),
    ):
        with pytest.raises(ValueError, match=r".+"):
            parse(whole)


# --- For people -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CLASS, "Every week: Tuesday, Thursday, 9:00–12:00"),
        (replace(CLASS, interval=2, weekdays=(0,)), "Every 2 weeks: Monday, 9:00–12:00"),
        (CIRCLE, "Every month: first Monday, 9:00–12:00"),
        (replace(CIRCLE, interval=3, nth=-1, weekdays=(6,)), "Every 3 months: last Sunday, 9:00–12:00"),
    ],
)
def test_rules_are_told_in_a_line(rule, words):
    with override("en"):
        assert told(rule) == words


@pytest.mark.parametrize(
    ("language", "name"),
    [("ka", "სამშაბათი"), ("it", "martedì"), ("de", "Dienstag"), ("en", "Tuesday"), ("ar", "الثلاثاء")],
)
def test_every_language_names_its_days(language, name):
    with override(language):
        assert name in told(CLASS)


def test_the_span_keeps_its_direction_in_arabic():
    with override("ar"):
        assert "\u20669:00–12:00\u2069" in told(CLASS)
