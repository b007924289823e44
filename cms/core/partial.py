"""Dates that may lack day or month: "2023", "November 2023", "8 November 2023".

Old decrees, phases of projects and terms of office are often known by month or year alone; a
date field would make editors invent a day.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_ISO = re.compile(r"([12]\d{3})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_TYPED = re.compile(r"(?:(?:(\d{1,2})\s*[./]\s*)?(\d{1,2})\s*[./]\s*)?(\d{4})", re.ASCII)
_DIRECTION_MARKS = dict.fromkeys((0x200E, 0x200F, 0x061C))  # Copied along from pages in Arabic.


class PartialDate(str):
    """A year, a month or a day; the value is its ISO 8601 text of reduced precision.

    Being text, it goes through JSON of revisions and blocks, sorts in Python as the database sorts
    it, and is printed by `<time datetime>`. Text order is order in time; of two that begin
    together the less precise comes first: 2023, 2023-01, 2023-01-01, 2023-02.

    Raises:
        ValueError: There is no such date, or a day has no month, or the year is not 1000 to 2999.

    """

    __slots__ = ()

    def __new__(cls, year: int, month: int | None = None, day: int | None = None) -> Self:
        """Make the date of the parts that are known."""
        if month is None and day is not None:
            raise ValueError("A day needs a month.")
        if not 1000 <= year <= 2999:  # noqa: PLR2004 - four digits keep text order; more is a slip
            raise ValueError("The year has four digits.")
        date(year, 1 if month is None else month, 1 if day is None else day)  # Says what does not exist.
        return super().__new__(cls, f"{year}{_part(month)}{_part(day)}")

    def __getnewargs__(self) -> Any:  # Copies are made of the parts, those of other texts of the text.
        return (self.year, self.month, self.day)

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date of an ISO text: "2023", "2023-11" or "2023-11-08".

        Raises:
            ValueError: The text is something else.

        """
        match = _ISO.fullmatch(text)
        if not match:
            raise ValueError("No date of ISO 8601 with a year, a month or a day.")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def typed(cls, text: str) -> Self:
        """Return the date that a person typed: also 11.2023, 8.11.2023, 8/11/2023, digits of any script.

        Raises:
            ValueError: The text is no such date.

        """
        plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in text.translate(_DIRECTION_MARKS))
        if match := _TYPED.fullmatch(plain.strip()):
            day, month, year = match.groups()
            return cls(int(year), int(month) if month else None, int(day) if day else None)
        return cls.parse(plain.strip())

    @classmethod
    def of(cls, day: date) -> Self:
        """Return a whole day."""
        return cls(day.year, day.month, day.day)

    @property
    def year(self) -> int:
        """The year, 1000 to 2999."""
        return int(self[:4])

    @property
    def month(self) -> int | None:
        """The month, if it is known."""
        return int(self[5:7]) if self[5:7] else None

    @property
    def day(self) -> int | None:
        """The day, if it is known."""
        return int(self[8:]) if self[8:] else None

    @property
    def first(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def _part(number: int | None) -> str:
    return "" if number is None else f"-{number:02}"


class PartialDateFormField(forms.Field):
    """One line for 2023, 11.2023 or 08.11.2023, as people of all our languages write it."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Enter a year, a month or a day that exists: 2023, 11.2023 or 08.11.2023"),
    }
    hint = _("As exactly as it is known: 2023, 11.2023 or 08.11.2023")

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(help_text=help_text or self.hint, **kwargs)

    def to_python(self, value: Any) -> PartialDate | None:
        """Return the date of a text, or say how to write one."""
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return value if isinstance(value, PartialDate) else PartialDate.typed(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Return the date as it is typed, day first; what made no sense stays as it was."""
        try:
            known = PartialDate.parse(value) if isinstance(value, str) else None
        except ValueError:
            known = None
        return ".".join(reversed(known.split("-"))) if known else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Keep the parts in order in lines from right to left; no browser knows such dates."""
        return super().widget_attrs(widget) | {"dir": "ltr", "autocomplete": "off"}


if TYPE_CHECKING:
    _Field = models.Field[PartialDate | str | date | None, PartialDate | None]
else:
    _Field = models.Field


class PartialDateField(_Field):
    """A PartialDate in a column of ten characters; may be empty with `null=True, blank=True`.

    No CharField: wagtail-localize would have dates translated instead of copying them.
    """

    description = _("Date that may lack day or month")
    default_error_messages = {"invalid": PartialDateFormField.default_error_messages["invalid"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = len("2023-11-08")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Return the field without its length, which never changes."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        """Return the kind of column."""
        return "CharField"

    def get_default(self) -> Any:
        """Return None where Django gives an empty text."""
        return super().get_default() if self.has_default() else None

    def to_python(self, value: Any) -> PartialDate | None:
        """Return the date of an ISO text, a date or itself."""
        if value is None or value == "" or isinstance(value, PartialDate):
            return value or None
        try:
            return PartialDate.of(value) if isinstance(value, date) else PartialDate.parse(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def from_db_value(self, value: str | None, *_args: object) -> PartialDate | None:
        """Return the date of a row."""
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Return the text for the database."""
        known = self.to_python(super().get_prep_value(value))
        if known is None and self.blank and not self.null:
            return ""
        return None if known is None else str(known)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text for revisions and fixtures."""
        return str(self.value_from_object(obj) or "")

    def formfield(self, **kwargs: Any) -> Any:
        """Return the field of one line."""
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})
