"""Who is coming: the names of those for whom somebody registers."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core import typed
from cms.core.controls import NamesBox
from cms.core.formats.numbers import number
from cms.core.text.names import tidy_name
from cms.forms.questions.base import Line, Question, Surroundings
from cms.forms.questions.numbers import narrowed

MOST_PEOPLE: Final = 10
"""More boxes than these are no list that anybody fills in on a phone."""

LONGEST_NAME = 150


class NamesField(forms.Field):
    """Names in the order in which they were typed; two people may be called the same."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(widget=NamesBox(most=most, longest=LONGEST_NAME), **kwargs)
        self.most = most

    def clean(self, value: Any) -> list[str]:
        """Return the names, or say for which person one is wrong."""
        boxes = [tidy_name(text) for text in self.widget.format_value(value)]
        names = [name for name in boxes if name]
        self.validate(names)
        if len(names) > self.most:
            message = ngettext(
                "At most %(most)s person can come on one registration",
                "At most %(most)s people can come on one registration",
                self.most,
            )
            raise ValidationError(message % {"most": number(self.most)}, code="at_most")
        if errors := [error for place, name in enumerate(boxes, 1) for error in self._too_long(place, name)]:
            raise ValidationError(errors)
        return names

    def _too_long(self, place: int, name: str) -> list[ValidationError]:
        try:
            typed.TextField(max_characters=LONGEST_NAME, required=False).clean(name)
        except ValidationError as error:
            who = f"{NamesBox.person(place)}: " if self.most > 1 else ""
            return [ValidationError(f"{who}{text}", code="max_characters") for text in error.messages]
        return []


class People(Question):
    """The people who come, a box for each."""

    type = "people"

    def __init__(self, spec: Any, texts: Any) -> None:
        super().__init__(spec, texts)
        self.at_most: int = spec.get("at_most") or MOST_PEOPLE

    def most(self, around: Surroundings) -> int:
        """Return for how many people there is a box: as many as its role is limited to, at least one."""
        _least, limit = narrowed(self, around)
        return max(1, self.at_most if limit is None else min(self.at_most, int(limit)))

    def field(self, around: Surroundings) -> forms.Field | None:
        """Return a box for each person; a single one is a plain box."""
        most = self.most(around)
        hint = _("One line for each person; leave empty what you do not need.") if most > 1 else ""
        return NamesField(most=most, **self.common(hint))

    def comparable(self, answer: Any) -> Decimal | None:
        """Return how many they are."""
        return Decimal(len(answer)) if answer else None

    def display(self, answer: Sequence[str] | None) -> list[Line]:
        """Return a line for each name."""
        return [Line(name, "auto") for name in answer or ()]
