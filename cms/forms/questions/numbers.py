"""Questions answered by a number, an amount or a day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.core import typed
from cms.core.fields import DateField
from cms.core.formats.dates import day
from cms.core.formats.money import money
from cms.core.formats.numbers import NO_BREAK_SPACE, number
from cms.core.widgets import Parts
from cms.forms.questions.base import Line, Question, Surroundings


def narrowed(question: Question, around: Surroundings) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the most: the question's own, narrowed by what its role is limited to."""
    least, most = around.limits.get(question.role, (None, None)) if question.role else (None, None)
    lows = [limit for limit in (question.decimal("minimum"), least) if limit is not None]
    highs = [limit for limit in (question.decimal("maximum"), most) if limit is not None]
    return max(lows, default=None), min(highs, default=None)


class Number(Question):
    """A number with at most four places, counted in a unit; kept as text."""

    type = "number"

    def __init__(self, spec: Any, texts: Any) -> None:
        super().__init__(spec, texts)
        self.unit: str = texts.get(f"{self.path}.unit", "")
        self.places: int = spec.get("places") or 0

    def field(self, around: Surroundings) -> forms.Field | None:
        """Return a box for a number, with its limits as a hint."""
        least, most = narrowed(self, around)
        limits: dict[str, Any] = {"places": self.places, "minimum": least, "maximum": most}
        hint = typed.FigureField(**limits).span
        return typed.FigureField(**limits, unit=self.worded(self.unit), **self.common(hint))

    def answer(self, cleaned: Decimal | None) -> str | None:
        """Return the number without zeros that say nothing."""
        return None if cleaned is None else f"{cleaned.normalize() if cleaned else Decimal(0):f}"

    def comparable(self, answer: Any) -> Decimal | None:
        """Return the number."""
        return None if answer is None else Decimal(answer)

    def display(self, answer: Any) -> list[Line]:
        """Return the number with its unit."""
        if answer is None:
            return []
        written = number(Decimal(answer))
        if not self.unit:
            return [Line(written, "ltr")]
        return [Line(f"{written}{NO_BREAK_SPACE}{self.unit}", language=self.language)]

    def cell(self, answer: Any) -> Decimal | None:
        """Return the number, for spreadsheets to count with."""
        return self.comparable(answer)


class Money(Question):
    """An amount in the currency of the question."""

    type = "money"

    def __init__(self, spec: Any, texts: Any) -> None:
        super().__init__(spec, texts)
        self.currency: str = spec["currency"]

    def field(self, around: Surroundings) -> forms.Field | None:
        """Return a box for an amount, with its limits as a hint."""
        least, most = narrowed(self, around)
        limits: dict[str, Any] = {"currency": self.currency, "minimum": least, "maximum": most}
        hints = [typed.MoneyField(**limits).span, _("Point and comma are both understood.")]
        return typed.MoneyField(**limits, **self.common(" ".join(filter(None, hints))))

    def answer(self, cleaned: Decimal | None) -> dict[str, Any] | None:
        """Return amount and currency."""
        return None if cleaned is None else {"amount": f"{cleaned:.2f}", "currency": self.currency}

    def comparable(self, answer: Any) -> Decimal | None:
        """Return the amount."""
        return None if answer is None else Decimal(answer["amount"])

    def display(self, answer: Any) -> list[Line]:
        """Return the amount with the sign of the currency it was asked in."""
        if answer is None:
            return []
        return [Line(money(Decimal(answer["amount"]), answer["currency"]), "ltr")]

    def cell(self, answer: Any) -> Decimal | None:
        """Return the amount, for spreadsheets to add up."""
        return self.comparable(answer)


class Day(Question):
    """A date in three boxes."""

    type = "date"

    @property
    def names(self) -> tuple[str, ...]:
        """Return a name for each box."""
        return tuple(f"{self.key}_{part}" for part in Parts._fields)

    def field(self, around: Surroundings) -> forms.Field | None:
        """Return three boxes; the hint has an example that is possible."""
        earliest, latest = self._limit("earliest"), self._limit("latest")
        example = earliest or min(around.today + timedelta(days=90), latest or date.max)
        hints = [_("For example %(day)s %(month)s %(year)s.") % _parts(example)]
        if earliest:
            hints.append(_("Not before %(day)s.") % {"day": day(earliest)})
        if latest:
            hints.append(_("Not after %(day)s.") % {"day": day(latest)})
        return DateField(validators=[self._in_time], **self.common(" ".join(hints)))

    def answer(self, cleaned: date | None) -> str | None:
        """Return the day as ISO text."""
        return cleaned.isoformat() if cleaned else None

    def comparable(self, answer: Any) -> date | None:
        """Return the day."""
        return date.fromisoformat(answer) if answer else None

    def display(self, answer: Any) -> list[Line]:
        """Return the day with the name of its month."""
        return [Line(day(date.fromisoformat(answer)))] if answer else []

    def cell(self, answer: Any) -> date | None:
        """Return the day, for spreadsheets to sort."""
        return self.comparable(answer)

    def _limit(self, name: str) -> date | None:
        text = self.spec.get(name)
        return date.fromisoformat(text) if text else None

    def _in_time(self, value: date) -> None:
        earliest, latest = self._limit("earliest"), self._limit("latest")
        if earliest and value < earliest:
            message = _("This day is too early: enter %(day)s or later")
            raise ValidationError(message % {"day": day(earliest)}, code="earliest")
        if latest and value > latest:
            message = _("This day is too late: enter %(day)s or earlier")
            raise ValidationError(message % {"day": day(latest)}, code="latest")


def _parts(value: date) -> dict[str, int]:
    return {"day": value.day, "month": value.month, "year": value.year}
