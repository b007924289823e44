"""When somebody is there: the calendar behind office hours."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.pages.hours import Change, Hours, Span, joined, read

BERLIN, TBILISI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tbilisi")
MORNING, AFTERNOON = Span(time(9), time(12)), Span(time(14), time(17))
TUESDAY, THURSDAY = 2, 4


def at(day, hour, minute=0, zone=TBILISI, fold=0):
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=zone, fold=fold)


def blocks(*values):
    return [SimpleNamespace(id=str(number), value=value) for number, value in enumerate(values)]


def exception(first, last=None, opens=None, closes=None, reason=""):
    return {"first": first, "last": last, "opens": opens, "closes": closes, "reason": reason}


def hours(changes=(), **week):
    return Hours({2: (MORNING,), 4: (MORNING, AFTERNOON)} | week, tuple(changes))


# --- What could mislead people ----------------------------------------------------------------


def test_nothing_known_promises_nothing():
    empty = read([], [])
    moment = at("2026-11-24", 10)
    assert (empty.known, empty.rows(), empty.now(moment), empty.next_opening(moment)) == (
        False,
        [],
        None,
        None,
    )


def test_at_noon_the_door_is_shut():
    assert hours().now(at("2026-11-24", 11, 59)) is not None
    assert hours().now(at("2026-11-24", 12)) is None
    assert hours().now(at("2026-11-24", 8, 59)) is None
    assert hours().now(at("2026-11-24", 9)).closes == at("2026-11-24", 12)


def test_between_two_spans_of_a_day_it_opens_again_the_same_day():
    pause = at("2026-11-26", 13)
    assert hours().now(pause) is None
    assert hours().next_opening(pause).opens == at("2026-11-26", 14)


def test_an_exception_shuts_the_day():
    closed = hours([Change(date(2026, 11, 26), date(2026, 11, 26), reason="training")])
    assert closed.now(at("2026-11-26", 10)) is None
    assert closed.next_opening(at("2026-11-25", 10)).opens == at("2026-12-01", 9)


def test_an_exception_with_hours_opens_a_day_on_which_nobody_is_there_else():
    sunday = hours([Change(date(2026, 11, 29), date(2026, 11, 29), Span(time(10), time(11)))])
    assert sunday.now(at("2026-11-29", 10, 30)).closes == at("2026-11-29", 11)


def test_hours_of_an_exception_replace_those_of_the_week():
    short = hours([Change(date(2026, 11, 26), date(2026, 11, 26), Span(time(10), time(11)))])
    assert short.on(date(2026, 11, 26)) == (Span(time(10), time(11)),)


def test_of_exceptions_that_overlap_the_shortest_counts():
    august = Change(date(2026, 8, 1), date(2026, 8, 31))
    open_day = Change(date(2026, 8, 12), date(2026, 8, 12), MORNING)
    for changes in ([august, open_day], [open_day, august]):
        assert hours(changes).on(date(2026, 8, 12)) == (MORNING,)
        assert hours(changes).on(date(2026, 8, 13)) == ()


def test_of_exceptions_for_the_same_days_closed_wins_and_hours_add_up():
    day = date(2026, 11, 26)
    both = [Change(day, day, AFTERNOON), Change(day, day, MORNING)]
    assert hours(both).on(day) == (MORNING, AFTERNOON)
    assert hours([*both, Change(day, day)]).on(day) == ()


def test_what_is_over_is_not_announced_and_what_is_far_not_yet():
    past = Change(date(2026, 11, 1), date(2026, 11, 20))
    running = Change(date(2026, 11, 20), date(2026, 11, 23))
    soon = Change(date(2026, 12, 24), date(2026, 12, 26))
    far = Change(date(2027, 8, 1), date(2027, 8, 31))
    assert hours([far, soon, past, running]).ahead(date(2026, 11, 23)) == [running, soon]


def test_shut_for_good_ends_the_search():
    forever = hours([Change(date(2026, 1, 1), date(2099, 12, 31))])
    assert forever.next_opening(at("2026-11-24", 10)) is None


# --- Reading ----------------------------------------------------------------------------------


def test_spans_may_stand_in_any_order():
    week = blocks(
        {"day": "4", "opens": time(14), "closes": time(17)},
        {"day": "2", "opens": time(9), "closes": time(12)},
        {"day": "4", "opens": time(9), "closes": time(12)},
    )
    assert read(week, []).week == hours().week


def test_spans_that_overlap_or_touch_are_one():
    assert joined([Span(time(11), time(13)), MORNING, Span(time(13), time(14))]) == (Span(time(9), time(14)),)
    assert joined([Span(time(9), time(17)), MORNING]) == (Span(time(9), time(17)),)
    assert joined([Span(time(9), time(9)), Span(time(12), time(9))]) == ()


def test_an_exception_without_a_last_day_is_one_day():
    change = read([], blocks(exception(date(2026, 11, 26), reason="training"))).changes[0]
    assert change == Change(date(2026, 11, 26), date(2026, 11, 26), None, "training")
    assert read([], blocks(exception(date(2026, 11, 26), opens=time(9)))).changes[0].span is None


def test_reasons_come_from_a_translation_where_there_is_one():
    both = blocks(exception(date(2026, 11, 26), reason="ა"), exception(date(2026, 11, 27), reason="ბ"))
    assert [change.reason for change in read([], both, {"0": "a", "7": "x"}).changes] == ["a", "ბ"]


def test_the_weekend_is_shown_only_if_somebody_is_there():
    assert [day for day, _spans in hours().rows()] == [1, 2, 3, 4, 5]
    saturday = Hours({6: (MORNING,)})
    assert [(day, bool(spans)) for day, spans in saturday.rows()][4:] == [(5, False), (6, True), (7, False)]


# --- Clocks -----------------------------------------------------------------------------------


NIGHT = Hours(dict.fromkeys(range(1, 8), (Span(time(2, 30), time(3, 30)),)))


def test_in_spring_the_hour_that_is_left_out_is_no_opening():
    gone = Hours({7: (Span(time(2), time(3)),)})
    before = at("2026-03-29", 1, zone=BERLIN)
    assert gone.now(datetime(2026, 3, 29, 1, 0, tzinfo=UTC).astimezone(BERLIN)) is None
    assert gone.next_opening(before).opens.date() == date(2026, 4, 5)


def test_in_spring_the_morning_after_is_where_it_was():
    opening = Hours({7: (MORNING,)}).next_opening(at("2026-03-29", 1, zone=BERLIN))
    assert opening.opens.astimezone(UTC) == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)


def test_in_autumn_the_hour_that_comes_twice_lies_within():
    first, second = (at("2026-10-25", 2, 45, zone=BERLIN, fold=fold) for fold in (0, 1))
    assert NIGHT.now(first)
    assert NIGHT.now(second)
    assert NIGHT.next_opening(second).opens.date() == date(2026, 10, 26)


def test_in_autumn_nobody_is_promised_an_opening_that_has_begun():
    second_two = at("2026-10-25", 2, zone=BERLIN, fold=1)
    assert NIGHT.now(second_two)
    assert NIGHT.next_opening(second_two).opens.date() == date(2026, 10, 26)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        # Georgia kept summer time until 2005.
        (datetime(2004, 3, 28, 0, 0, tzinfo=UTC), datetime(2004, 3, 28, 4, 0, tzinfo=UTC)),
        (datetime(2004, 10, 31, 0, 0, tzinfo=UTC), datetime(2004, 10, 31, 6, 0, tzinfo=UTC)),
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),
    ],
)
def test_tbilisi_is_asked_for_its_own_time(moment, opens):
    sunday = Hours({7: (MORNING,)}).next_opening(moment.astimezone(TBILISI)).opens
    assert (sunday.hour, sunday.date()) == (9, opens.date())
    assert sunday.astimezone(UTC) == opens.astimezone(UTC)


# --- Whatever people enter --------------------------------------------------------------------

times = st.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
spans = st.tuples(times, times).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Span(*pair))
days = st.dates(date(2026, 3, 1), date(2026, 11, 30))
changes = st.builds(
    lambda first, days, span: Change(first, first + timedelta(days=days), span),
    days,
    st.integers(0, 40),
    st.none() | spans,
)
anything = st.builds(
    lambda week, exceptions: Hours({day: joined(found) for day, found in week.items()}, tuple(exceptions)),
    st.dictionaries(st.integers(1, 7), st.lists(spans, min_size=1, max_size=3), max_size=7),
    st.lists(changes, max_size=5),
)
moments = st.builds(
    lambda moment, zone: moment.replace(tzinfo=UTC).astimezone(zone),
    st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 30)),  # noqa: DTZ001 - hypothesis wants them bare
    st.sampled_from([BERLIN, TBILISI]),
)


@given(anything, moments)
def test_the_next_opening_is_never_past_and_never_on_a_day_that_is_shut(plan, moment):
    opening = plan.next_opening(moment)
    if opening is None:
        return
    assert opening.opens.astimezone(UTC) > moment.astimezone(UTC)
    assert opening.opens.astimezone(UTC) < opening.closes.astimezone(UTC)
    day = opening.opens.date()
    holding = [change for change in plan.changes if change.first <= day <= change.last]
    if holding:
        shortest = min(change.days for change in holding)
        assert all(change.span for change in holding if change.days == shortest)
    assert (opening.opens.time(), opening.closes.time()) in plan.on(day)


@given(anything, moments)
def test_who_is_told_to_come_now_finds_somebody(plan, moment):
    opening = plan.now(moment)
    if opening is None:
        return
    assert opening.opens.astimezone(UTC) <= moment.astimezone(UTC) < opening.closes.astimezone(UTC)


@given(anything, moments)
def test_nothing_opens_between_now_and_the_next_opening(plan, moment):
    opening = plan.next_opening(moment)
    current = plan.now(moment)
    if opening is None:
        return
    start = current.closes if current else moment
    middle = start.astimezone(UTC) + (opening.opens.astimezone(UTC) - start.astimezone(UTC)) / 2
    if middle < opening.opens.astimezone(UTC):
        assert plan.now(middle.astimezone(moment.tzinfo)) is None
