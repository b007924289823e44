from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils.translation import override

from cms.core.formats import dates
from cms.core.partial import PartialDate

DAY = date(2020, 12, 8)
LANGUAGES = ["ka", "it", "de", "en", "ar"]


@pytest.mark.parametrize(
    ("language", "day", "short", "weekday", "month"),
    [
        ("ka", "8 დეკემბერი 2020", "08.12.2020", "სამშაბათი, 8 დეკემბერი 2020", "2020 წლის დეკემბერი"),
        ("it", "8 dicembre 2020", "08/12/2020", "martedì 8 dicembre 2020", "dicembre 2020"),
        ("de", "8. Dezember 2020", "08.12.2020", "Dienstag, 8. Dezember 2020", "Dezember 2020"),
        ("en", "8 December 2020", "8 Dec 2020", "Tuesday, 8 December 2020", "December 2020"),
        ("ar", "8 ديسمبر 2020", "08.12.2020", "الثلاثاء، 8 ديسمبر 2020", "ديسمبر 2020"),
    ],
)
def test_each_language_writes_dates_its_way(language, day, short, weekday, month):
    with override(language):
        assert dates.day(DAY) == dates.day(PartialDate(2020, 12, 8)) == day
        assert dates.short(DAY) == short
        assert dates.weekday(DAY) == weekday
        assert dates.month(DAY) == dates.partial(PartialDate(2020, 12)) == month
        assert dates.partial(PartialDate(2020)) == "2020"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ka", "15–25 ნოემბერი 2026"),
        ("it", "15–25 novembre 2026"),
        ("de", "15.–25. November 2026"),
        ("en", "15–25 November 2026"),
        ("ar", "15–25 نوفمبر 2026"),
    ],
)
def test_days_of_one_month_name_it_once(language, expected):
    with override(language):
        assert dates.span(date(2026, 11, 15), date(2026, 11, 25)) == expected


@pytest.mark.parametrize(
    ("language", "first", "last", "expected"),
    [
        ("en", "2026-11-30", "2026-12-02", "30 November – 2 December 2026"),
        ("de", "2026-11-30", "2026-12-02", "30. November – 2. Dezember 2026"),
        ("ka", "2026-12-30", "2027-01-02", "30 დეკემბერი 2026 – 2 იანვარი 2027"),
        ("en", "2026-11-30", "2026-11-30", "30 November 2026"),
        ("en", "2026-11", "2026-12", "November–December 2026"),
        ("ka", "2026-11", "2026-12", "2026 წლის ნოემბერი–დეკემბერი"),
        ("it", "2026-11", "2027-02", "novembre 2026 – febbraio 2027"),
        ("ar", "2026-11", "2026-12", "نوفمبر–ديسمبر 2026"),
        ("de", "2023", "2025", "2023–2025"),
        ("en", "2023", "2023-11", "2023 – November 2023"),
        ("en", "2023-11", "2023-11-08", "November 2023 – 8 November 2023"),
    ],
)
def test_spans_say_nothing_twice(language, first, last, expected):
    with override(language):
        assert dates.span(PartialDate.parse(first), PartialDate.parse(last)) == expected


def test_moments_are_told_in_local_time():
    late = datetime(2026, 11, 8, 20, 30, tzinfo=UTC)  # Half past midnight in Tbilisi.
    with override("en"):
        assert dates.day(late) == "9 November 2026"
        assert dates.short(late) == "9 Nov 2026"
        assert dates.clock(late) == "0:30"
        assert dates.iso(late) == "2026-11-09T00:30+04:00"


def test_times_have_24_hours_and_no_idle_nought():
    assert dates.clock(time(9)) == "9:00"
    assert dates.clock_span(time(9), time(15, 30)) == "9:00–15:30"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(DAY, "2020-12-08"), (PartialDate(2023, 11), "2023-11"), (time(9), "09:00")],
)
def test_machines_read_iso(value, expected):
    assert dates.iso(value) == expected


def test_a_language_that_a_site_adds_is_written_as_django_does():
    with override("fr"):
        assert dates.day(DAY) == "8 décembre 2020"
        assert dates.month(DAY) == "décembre 2020"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_and_weekday_has_a_name_of_the_language(language):
    days = [date(2026, number, number) for number in range(1, 13)]
    with override(language):
        written = {dates.weekday(day) for day in days}
    with override("en"):
        english = {dates.weekday(day) for day in days}
    assert len(written) == 12
    assert language == "en" or not written & english


def shown(source, **context):
    return Template("{% load formats %}" + source).render(Context(context))


def test_the_filters():
    opens, closes = time(9), time(12)
    with override("en"):
        assert shown("{{ a|day }}, {{ a|weekday }}", a=DAY) == "8 December 2020, Tuesday, 8 December 2020"
        assert shown("{{ a|partial_date }} {{ a|iso }}", a=PartialDate(2023, 11)) == "November 2023 2023-11"
        assert shown("{{ a|month }}", a=DAY) == "December 2020"
        assert shown("{{ a|until:b }}", a=PartialDate(2023), b=PartialDate(2025)) == "2023–2025"
        assert shown("{{ a|until:b }}", a=DAY, b=None) == "8 December 2020"
        assert shown("{{ a|clock_until:b }}", a=opens, b=closes) == "9:00–12:00"
    with override("ar"):
        assert shown("{{ a|clock_until:b }}", a=opens, b=closes) == '<bdi dir="ltr">9:00–12:00</bdi>'
        assert shown("{{ a|short_day }}", a=DAY) == '<bdi dir="ltr">08.12.2020</bdi>'


def test_the_filters_show_nothing_of_nothing():
    filters = (
        "day",
        "short_day",
        "weekday",
        "month",
        "partial_date",
        "until:a",
        "clock",
        "clock_until:a",
        "iso",
    )
    source = "".join(f"{{{{ a|{name} }}}}" for name in filters)
    assert shown(source, a=None) == shown(source, a="") == ""


def test_the_text_of_a_partial_date_counts_as_one():
    """An override of a translation gives back what JSON made of it."""
    with override("ka"):
        assert shown("{{ a|partial_date }}", a="2023-11") == "2023 წლის ნოემბერი"
