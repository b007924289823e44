"""Fields with an own idea of what people type or choose."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.languages import language_choices
from cms.core.widgets import DateParts, Parts


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
        if not isinstance(value, Parts):
            return super().to_python(value)
        if not all(value):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        if not all(part.isdecimal() for part in value) or max(map(len, value)) > len("2027"):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(value.year) != len("2027"):
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            return date(int(value.year), int(value.month), int(value.day))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


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
