"""Questions answered by a text: short, long, an e-mail address, a telephone number."""

from typing import Any

import phonenumbers
from django import forms
from phonenumbers import PhoneNumberFormat

from cms.core import typed
from cms.core.controls import EmailBox, PhoneBox, TextBox
from cms.forms.enums import QuestionRole
from cms.forms.questions.base import Line, Question, Surroundings

USUAL_LENGTH = 200

AUTOCOMPLETE = {
    QuestionRole.PERSON_NAME: "name",
    QuestionRole.EMAIL: "email",
    QuestionRole.PHONE: "tel",
    QuestionRole.ORGANISATION: "organization",
}
"""What a browser may fill in by itself (WCAG 1.3.5)."""


class ShortText(Question):
    """One line in any script."""

    type = "short_text"

    def field(self, around: Surroundings) -> forms.Field | None:  # noqa: ARG002 - needs nothing else
        """Return one line; its limit is told where people may meet it."""
        most = self.spec.get("max_characters", USUAL_LENGTH)
        return typed.TextField(
            max_characters=most,
            tells_limits=most is not None and most < USUAL_LENGTH,
            widget=TextBox(self._attributes()),
            **self.common(),
        )

    def display(self, answer: Any) -> list[Line]:
        """Return the text, which runs as its own script does."""
        return [Line(answer, "auto")] if answer else []

    def _attributes(self) -> dict[str, str]:
        return {"autocomplete": name} if (name := AUTOCOMPLETE.get(self.role)) else {}  # type: ignore[call-overload]  # a text equals its code


class LongText(Question):
    """Several lines, limited in characters, words or both."""

    type = "long_text"

    def field(self, around: Surroundings) -> forms.Field | None:  # noqa: ARG002 - needs nothing else
        """Return a box of lines with its limits below."""
        return typed.LongTextField(
            max_characters=self.spec.get("max_characters"),
            max_words=self.spec.get("max_words"),
            **self.common(),
        )

    def display(self, answer: Any) -> list[Line]:
        """Return the lines that say something."""
        return [Line(line, "auto") for line in (answer or "").split("\n") if line.strip()]

    def cell(self, answer: Any) -> str | None:
        """Return the text as it is, with its lines."""
        return answer


class Email(Question):
    """An e-mail address."""

    type = "email"

    def field(self, around: Surroundings) -> forms.Field | None:  # noqa: ARG002 - needs nothing else
        """Return a box for an address."""
        return typed.EmailField(widget=EmailBox({"autocomplete": "email"}), **self.common())

    def display(self, answer: Any) -> list[Line]:
        """Return the address, from left to right."""
        return [Line(answer, "ltr")] if answer else []


class Phone(Question):
    """A telephone number; kept as E.164."""

    type = "phone"

    def field(self, around: Surroundings) -> forms.Field | None:
        """Return a box for a number; one of the office's own country needs no country code."""
        return typed.PhoneField(
            region=around.region, widget=PhoneBox({"autocomplete": "tel"}), **self.common()
        )

    def display(self, answer: Any) -> list[Line]:
        """Return the number in groups."""
        if not answer:
            return []
        found = phonenumbers.parse(answer)
        return [Line(phonenumbers.format_number(found, PhoneNumberFormat.INTERNATIONAL), "ltr")]
