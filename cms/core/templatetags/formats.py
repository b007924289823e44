"""Filters for dates, numbers and money: `{% load formats %}`. An empty value shows nothing."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import wraps
from typing import Any

from django import template
from django.utils.safestring import SafeString

from cms.core.formats import bidi, dates, money, numbers, sizes
from cms.core.partial import PartialDate
from cms.core.zones import moment as moment_in

register = template.Library()
register.filter("foreign", bidi.foreign)
register.filter("told_in", bidi.told_in)

Shown = str | SafeString
Day = date | PartialDate


def _filter(function: Callable[..., Shown]) -> Callable[..., Shown]:
    """Register a filter that shows nothing of nothing."""

    @wraps(function)
    def filtered(value: Any, *arguments: Any) -> Shown:
        return "" if value is None or value == "" else function(value, *arguments)

    register.filter(function.__name__, filtered)
    return filtered


def _known(value: Any) -> Any:
    """Return the partial date of its text, as a revision or an override of a translation has it."""
    plain = isinstance(value, str) and not isinstance(value, PartialDate)
    return PartialDate.parse(value) if plain else value


@_filter
def day(value: Day) -> Shown:
    """`{{ date|day }}`: 8 December 2020."""
    return dates.day(_known(value))


@_filter
def short_day(value: date) -> Shown:
    """`{{ date|short_day }}`: 08.12.2020."""
    return bidi.kept_in_line(dates.short(value))


@_filter
def weekday(value: date) -> Shown:
    """`{{ date|weekday }}`: Tuesday, 8 December 2020."""
    return dates.weekday(value)


@_filter
def month(value: Day) -> Shown:
    """`{{ date|month }}`: November 2023."""
    return dates.month(_known(value))


@_filter
def partial_date(value: PartialDate) -> Shown:
    """`{{ value|partial_date }}`: 2023, November 2023 or 8 November 2023."""
    return dates.day(_known(value))


@_filter
def until(first: Day, last: Day | None) -> Shown:
    """`{{ first|until:last }}`: 15–25 November 2026; without an end the beginning alone."""
    return dates.span(_known(first), _known(last)) if last else dates.day(_known(first))


@_filter
def clock(value: time) -> Shown:
    """`{{ time|clock }}`: 9:00."""
    return bidi.kept_in_line(dates.clock(value))


@_filter
def clock_until(first: time, last: time | None) -> Shown:
    """`{{ opens|clock_until:closes }}`: 9:00–12:00; without an end the beginning alone."""
    return bidi.kept_in_line(dates.clock_span(first, last) if last else dates.clock(first))


@_filter
def moment(value: datetime, zone: str) -> Shown:
    """`{{ closes_at|moment:call.zone }}`: 30 November 2026, 18:00, Tbilisi time."""
    return moment_in(value, zone)


@_filter
def iso(value: Day | time) -> Shown:
    """`<time datetime="{{ value|iso }}">`."""
    return dates.iso(_known(value))


@_filter
def number(value: Decimal | int) -> Shown:
    """`{{ 12345|number }}`: 12 345."""
    return bidi.kept_in_line(numbers.number(value))


@_filter
def percent(value: Decimal | int) -> Shown:
    """`{{ 83|percent }}`: 83 %."""
    return bidi.kept_in_line(numbers.percent(value))


@_filter
def file_size(value: int) -> Shown:
    """`{{ file.size|file_size }}`: 1.2 MB."""
    return bidi.kept_in_line(sizes.file_size(value))


@_filter
def ltr(value: object) -> Shown:
    """`{{ phone|ltr }}`: a number, code or address that always runs from left to right."""
    return bidi.ltr(value)


@register.filter(name="money")
def money_(amount: Decimal | int | None, currency: str) -> Shown:
    """`{{ amount|money:"GEL" }}`: 5 000 ₾."""
    return "" if amount is None else bidi.kept_in_line(money.money(amount, currency))
