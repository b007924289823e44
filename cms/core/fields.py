"""Fields with an own idea of what people type or choose."""

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core import zones
from cms.core.languages import language_choices
from cms.core.widgets import DateParts, Parts, WallParts, WallTimeParts

if TYPE_CHECKING:
    _TextOfWallTime = models.CharField[datetime | None, datetime | None]
else:
    _TextOfWallTime = models.CharField


EARLIEST, LATEST = 1000, 2999
"""Years that people mean, as in partial dates; beyond them a zone or one more day cannot be reckoned."""


class DateField(forms.DateField):
    """A date in three boxes; digits of any script count."""

    widget = DateParts
    default_error_messages = {
        "required": _("Enter a date: day, month and year"),
        "incomplete": _("Enter all three: day, month and year"),
        "invalid": _("This date does not exist: check day, month and year"),
        "year": _("Write the year with four digits"),
    }

    def to_python(self, value: Any) -> date | None:
        """Return the date of the parts, or say which of them is wrong."""
        return self.day_of(value) if isinstance(value, Parts) else super().to_python(value)

    def day_of(self, value: Parts) -> date:
        """Return the day that three boxes name.

        Raises:
            ValidationError: A box is empty, or there is no such day.

        """
        if not all(value):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        if not all(part.isdecimal() for part in value) or max(map(len, value)) > len("2027"):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(value.year) != len("2027"):
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            if not EARLIEST <= int(value.year) <= LATEST:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return date(int(value.year), int(value.month), int(value.day))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class WallTimeFormField(DateField):
    """A date and a time as clocks in one zone show them: a naive datetime.

    The form sets `zone` (the object's, not the editor's) once it is known. If people choose the
    zone in the same form, its `clean` asks `cms.core.zones.must_exist` instead.
    """

    widget = WallTimeParts
    default_error_messages = {
        "required": _("Enter a date and a time"),
        "incomplete": _("Enter all four: day, month, year and time"),
        "time": _("Write the time with hours and minutes, for example 18:00"),
    }
    _TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?")

    def __init__(self, *, zone: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone

    @property
    def zone(self) -> str:
        """The zone whose clocks are meant, or nothing if it is not known yet."""
        return self._zone

    @zone.setter
    def zone(self, zone: str) -> None:
        self._zone = self.widget.zone = zone

    def __deepcopy__(self, memo: dict[int, Any]) -> "WallTimeFormField":
        copied = super().__deepcopy__(memo)
        copied.zone = self.zone
        return copied

    def to_python(self, value: Any) -> datetime | None:
        """Return the wall time of the boxes, or say which of them is wrong."""
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        if not isinstance(value, WallParts):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not all(value):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return datetime.combine(self.day_of(Parts(*value[:3])), self._time_of(value.time))

    def validate(self, value: Any) -> None:
        """Refuse a time that the night of a clock change leaves out."""
        super().validate(value)
        if value is not None and self.zone:
            zones.must_exist(value, self.zone)

    def _time_of(self, text: str) -> time:
        match = self._TIME.fullmatch(text)
        hour, minute, second = map(int, match.groups(default="0")) if match else (24, 0, 0)
        try:
            return time(hour, minute, second)
        except ValueError as error:
            raise ValidationError(self.error_messages["time"], code="time") from error


class WallTimeField(_TextOfWallTime):
    """A wall time, kept as text ("2026-11-30T18:00") that sorts by time; its value is a naive datetime.

    No column of the database knows such a thing: with USE_TZ each naive datetime is taken for the
    zone of whoever looks. Nothing is None; the column says NULL or "", as `null` says.
    """

    description = _("Date and time in a zone")
    empty_strings_allowed = False  # A new object has None, as one from the database.
    default_error_messages = {"invalid": _("Write date and time as 2026-11-30T18:00, without a zone.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": len("2026-11-30T18:00:00")})

    def deconstruct(self) -> Any:
        """Leave out the length, which follows from the format."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def to_python(self, value: Any) -> datetime | None:
        """Return the wall time of its text.

        Raises:
            ValidationError: This is no wall time.

        """
        if value is None or value == "":
            return None
        try:
            wall = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if wall.tzinfo is not None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return wall.replace(microsecond=0, fold=0)

    def from_db_value(self, value: str | None, *_details: object) -> datetime | None:
        """Return the wall time of a row."""
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Return the text of a wall time; years of four digits, so that it sorts."""
        wall = self.to_python(value)
        if wall is None:
            return None if self.null else ""
        return wall.isoformat(timespec="seconds" if wall.second else "minutes")

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text for fixtures and revisions."""
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Check whether there is one; limits of length concern the text."""
        models.Field.validate(self, "" if value is None and not self.null else value, model_instance)

    def run_validators(self, value: Any) -> None:
        """Run the validators on the text, as the column has it."""
        super().run_validators(self.get_prep_value(value))

    def formfield(self, **kwargs: Any) -> Any:
        """Return the boxes for date and time."""
        return models.Field.formfield(self, **{**kwargs, "form_class": WallTimeFormField})


class LanguagesFormField(forms.MultipleChoiceField):
    """Any number of languages, as boxes to tick, by their names."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(choices=language_choices, **kwargs)


class LanguagesField(models.JSONField):
    """Codes of languages that a hub or a service speaks, in a list; the same in every translation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        """Return the boxes to tick."""
        return models.Field.formfield(self, **{**kwargs, "form_class": LanguagesFormField})
