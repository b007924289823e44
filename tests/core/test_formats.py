"""Dates and numbers as people of each language write them."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import formats, translation

MOMENT = datetime(2026, 4, 3, 15, 30)  # noqa: DTZ001 - only its digits matter


@pytest.mark.parametrize(
    ("language", "short", "long", "time"),
    [
        ("ka", "03.04.2026 15:30", "3 აპრილი, 2026, 15:30", "15:30"),
        ("it", "03/04/2026 15:30", "venerdì 03 Aprile 2026 15:30", "15:30"),
        ("de", "03.04.2026 15:30", "3. April 2026 15:30", "15:30"),
        ("en", "3 Apr 2026, 15:30", "3 April 2026, 15:30", "15:30"),
        ("ar", "03.04.2026 15:30", "3 إبريل 2026، 15:30", "15:30"),
    ],
)
def test_moments_are_written_with_the_day_first_and_24_hours(language, short, long, time):
    with translation.override(language):
        assert formats.date_format(MOMENT, "SHORT_DATETIME_FORMAT") == short
        assert formats.date_format(MOMENT, "DATETIME_FORMAT") == long
        assert formats.time_format(MOMENT.time()) == time


@pytest.mark.parametrize("language", ["ka", "it", "de", "en", "ar"])
@pytest.mark.parametrize("text", ["2026-04-03", "03.04.2026", "03/04/2026"])
def test_no_date_is_read_with_the_month_first(language, text):
    with translation.override(language):
        field = forms.DateField()
        try:
            assert field.clean(text) == date(2026, 4, 3)
        except forms.ValidationError:
            assert (language, text) in {("ka", "03/04/2026"), ("de", "03/04/2026"), ("it", "03.04.2026")}


def test_georgian_thousands_are_bound():
    with translation.override("ka"):
        assert formats.number_format(12345.5, decimal_pos=2, force_grouping=True) == "12\xa0345,50"
