"""Questions answered by choosing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cms.core.controls import LongList
from cms.core.countries import country_choices, country_name
from cms.core.languages import language_choices_of_the_world, language_name
from cms.forms.questions.base import Line, Question, Surroundings

MOST_ROWS = 12
"""More organisations than these stand in a list to open."""


class OneOf(forms.ChoiceField):
    """One of several; what is none of them is refused without repeating it."""

    def __init__(self, **kwargs: Any) -> None:
        message = kwargs.pop("invalid", None) or _("Choose one of the answers in the list")
        super().__init__(error_messages={"invalid_choice": message}, **kwargs)


class SeveralOf(forms.MultipleChoiceField):
    """Any of several, at most so many; in the order of the form."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self, *, choices: Sequence[tuple[str, str]], at_most: int | None = None, **kwargs: Any
    ) -> None:
        message = _("Choose from the answers in the list")
        super().__init__(
            choices=choices, error_messages={"invalid_choice": message, "invalid_list": message}, **kwargs
        )
        self.codes = [code for code, _label in choices]
        self.at_most = at_most

    def to_python(self, value: Any) -> list[str]:
        """Leave out what is empty: it chooses nothing."""
        return [code for code in super().to_python(value) if code]

    def clean(self, value: Any) -> list[str]:
        """Return each code once."""
        chosen = super().clean(value)
        ordered = [code for code in self.codes if code in chosen]
        if self.at_most and len(ordered) > self.at_most:
            message = ngettext(
                "Choose at most %(most)s answer; you chose %(chosen)s",
                "Choose at most %(most)s answers; you chose %(chosen)s",
                self.at_most,
            )
            raise ValidationError(message % {"most": self.at_most, "chosen": len(ordered)}, code="at_most")
        return ordered


class Choosing(Question):
    """What questions with codes and labels share."""

    def __init__(self, spec: Any, texts: Any) -> None:
        super().__init__(spec, texts)
        self.codes: tuple[str, ...] = tuple(spec["choices"])
        self.labels = {code: texts.get(f"{self.path}.choice.{code}", "") or code for code in self.codes}
        self.helps = {code: texts.get(f"{self.path}.choice.{code}.help", "") for code in self.codes}

    def rows(self) -> list[tuple[str, str]]:
        """Return code and label; the label carries its help as a second line."""
        return [(code, self._row(code)) for code in self.codes]

    def named(self, code: str) -> str:
        """Return a choice for people; one that is no longer there by its code."""
        return self.labels.get(code, code)

    def _row(self, code: str) -> str:
        label, told = self.worded(self.labels[code]), self.worded(self.helps[code])
        return format_html("{}<small>{}</small>", label, told) if told else label


class SingleChoice(Choosing):
    """One of several, as rows."""

    type = "single_choice"

    def field(self, around: Surroundings) -> forms.Field | None:  # noqa: ARG002 - needs nothing else
        """Return rows to choose one of."""
        return OneOf(widget=forms.RadioSelect, choices=optional(self, self.rows()), **self.common())

    def display(self, answer: Any) -> list[Line]:
        """Return the label of what was chosen."""
        return [Line(self.named(answer), language=self.language)] if answer else []


class MultipleChoice(Choosing):
    """Several of several, as rows."""

    type = "multiple_choice"

    def __init__(self, spec: Any, texts: Any) -> None:
        super().__init__(spec, texts)
        self.at_most: int | None = spec.get("at_most")

    def field(self, around: Surroundings) -> forms.Field | None:  # noqa: ARG002 - needs nothing else
        """Return rows to choose any of."""
        hint = _("Several answers are possible.")
        if self.at_most:
            hint = ngettext(
                "Choose at most %(most)s answer.", "Choose at most %(most)s answers.", self.at_most
            )
        return SeveralOf(
            at_most=self.at_most, choices=self.rows(), **self.common(hint % {"most": self.at_most})
        )

    def comparable(self, answer: Any) -> frozenset[str] | None:
        """Return the codes that were chosen."""
        return frozenset(answer) if answer else None

    def display(self, answer: Any) -> list[Line]:
        """Return a line for each choice."""
        return [Line(self.named(code), language=self.language) for code in answer or []]


class YesNo(Question):
    """Yes or no; both are answers."""

    type = "yes_no"

    def field(self, around: Surroundings) -> forms.Field | None:  # noqa: ARG002 - needs nothing else
        """Return two rows."""
        rows = [("yes", _("Yes")), ("no", _("No"))]
        return OneOf(widget=forms.RadioSelect, choices=optional(self, rows), **self.common())

    def answer(self, cleaned: Any) -> bool | None:
        """Return whether it is so."""
        return cleaned == "yes" if cleaned else None

    def display(self, answer: Any) -> list[Line]:
        """Return the word for it."""
        return [] if answer is None else [Line(_("Yes") if answer else _("No"))]

    def cell(self, answer: Any) -> bool | None:
        """Return the truth, which spreadsheets write in their own language."""
        return answer


class Declaration(Question):
    """One box to tick under what it confirms."""

    type = "declaration"

    def field(self, around: Surroundings) -> forms.Field | None:  # noqa: ARG002 - needs nothing else
        """Return one box; its details are rich text above it."""
        field = forms.BooleanField(**self.common())
        field.details = self.text  # type: ignore[attr-defined]  # the renderer shows it above the box
        field.language = self.language  # type: ignore[attr-defined]  # as above
        return field

    def display(self, answer: Any) -> list[Line]:
        """Return that it was confirmed."""
        return [Line(_("Confirmed"))] if answer else []

    def cell(self, answer: Any) -> bool | None:
        """Return whether it was confirmed."""
        return answer


class Country(Question):
    """A country or territory by its ISO code; names in the reader's language."""

    type = "country"

    def field(self, around: Surroundings) -> forms.Field | None:
        """Return a list with the office's own country first."""
        choices = [("", _("Choose a country")), *country_choices(first=around.region)]
        return OneOf(
            choices=choices,
            widget=LongList({"autocomplete": "country"}),
            invalid=_("Choose a country from the list"),
            **self.common(),
        )

    def display(self, answer: Any) -> list[Line]:
        """Return the name of the country."""
        return [Line(country_name(answer))] if answer else []


class Language(Question):
    """A language by its code; those often spoken here come first."""

    type = "language"

    def field(self, around: Surroundings) -> forms.Field | None:  # noqa: ARG002 - needs nothing else
        """Return a list in two parts."""
        often, further = language_choices_of_the_world()
        choices = [
            ("", _("Choose a language")),
            (_("Often spoken here"), often),
            (_("Further languages"), further),
        ]
        return OneOf(
            choices=choices,
            widget=LongList,
            invalid=_("Choose a language from the list"),
            **self.common(),
        )

    def display(self, answer: Any) -> list[Line]:
        """Return the name of the language."""
        return [Line(language_name(answer))] if answer else []


class Organisation(Question):
    """One of the organisations for which the person may act."""

    type = "organisation"

    def field(self, around: Surroundings) -> forms.Field | None:
        """Return rows, or a list if there are many; the value is key and name."""
        choices: Sequence[tuple[str, str]] = around.organisations
        few = len(choices) <= MOST_ROWS
        rows = optional(self, choices) if few else [("", _("Choose an organisation")), *choices]
        hint = "" if choices else _("You have no organisation here yet: add it first, then come back.")
        return OneOrganisation(
            choices=rows,
            widget=forms.RadioSelect if few else forms.Select,
            invalid=_("Choose one of your organisations"),
            **self.common(hint),
        )

    def comparable(self, answer: Any) -> str | None:
        """Return the key as text."""
        return str(answer["id"]) if answer else None

    def display(self, answer: Any) -> list[Line]:
        """Return the name it had when it was chosen."""
        return [Line(answer["name"], "auto")] if answer else []


class OneOrganisation(OneOf):
    """One organisation; its value is what is kept: {"id", "name"}."""

    def clean(self, value: Any) -> Any:
        """Return key and name of what was chosen, or nothing."""
        chosen = super().clean(value)
        if not chosen:
            return None
        return {"id": int(chosen), "name": str(dict(self.choices)[chosen])}  # type: ignore[arg-type]  # no groups here


def optional(question: Question, rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return rows with a last one for "no answer", where one may stay out: a dot cannot be taken back."""
    if question.required or not rows:
        return list(rows)
    return [*rows, ("", pgettext("a choice", "No answer"))]
