"""Fields for what people type: texts, numbers, amounts, telephone numbers, files.

Every message says what is wrong and what to do. What was typed is never cut: no `maxlength`, which
would swallow the end of what somebody pastes.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat, PhoneNumberType, ValidationResult

from cms.core.controls import EmailBox, FigureBox, FilesBox, HeldFile, PhoneBox, TextArea, TextBox
from cms.core.formats.money import SIGNS, money
from cms.core.formats.numbers import NO_BREAK_SPACE, number
from cms.core.text import figures
from cms.core.text.count import characters, characters_told, plain_lines, words, words_told
from cms.core.text.mend import mended


def kept_ltr(text: str) -> str:
    """Return a number whose parts keep their order inside a sentence from right to left, as plain text."""
    return f"\u2066{text}\u2069" if get_language_bidi() else text


ENDLESS = 50_000
"""What even a text without a limit may not exceed, in characters; nobody is told who does not meet it."""


class TextField(forms.CharField):
    """A text in any script, composed (NFC), its lines ending in one sign; limits in characters and words."""

    widget: Any = TextBox

    def __init__(
        self,
        *,
        max_characters: int | None = None,
        max_words: int | None = None,
        tells_limits: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.tells_limits = tells_limits
        self.max_characters = max_characters
        self.max_words = max_words

    def to_python(self, value: Any) -> str:
        """Return the text without what no database can hold; on one line if the box has one."""
        text = (
            super().to_python(plain_lines(mended(str(value))) if value not in self.empty_values else "") or ""
        )
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split("\n"))

    def validate(self, value: str) -> None:
        """Say by how much a text is too long."""
        super().validate(value)
        errors = [*self._too_many_characters(value), *self._too_many_words(value)]
        if errors:
            raise ValidationError(errors)

    @property
    def limits(self) -> list[str]:
        """Return the limits in words, for people, unless nobody meets them by accident."""
        if not self.tells_limits:
            return []
        told = [words_told(self.max_words)] if self.max_words else []
        return told + ([characters_told(self.max_characters)] if self.max_characters else [])

    def _too_many_characters(self, value: str) -> list[ValidationError]:
        most = self.max_characters or ENDLESS
        over = characters(value) - most
        if over <= 0:
            return []
        message = ngettext(
            "This text is %(over)s character too long: at most %(most)s are possible",
            "This text is %(over)s characters too long: at most %(most)s are possible",
            over,
        )
        named = {"over": number(over), "most": number(most)}
        return [ValidationError(message % named, code="max_characters")]

    def _too_many_words(self, value: str) -> list[ValidationError]:
        over = words(value) - (self.max_words or len(value))
        if over <= 0 or not self.max_words:
            return []
        message = ngettext(
            "This text is %(over)s word too long: at most %(most)s are possible",
            "This text is %(over)s words too long: at most %(most)s are possible",
            over,
        )
        return [
            ValidationError(
                message % {"over": number(over), "most": number(self.max_words)}, code="max_words"
            )
        ]


class LongTextField(TextField):
    """A text of several lines."""

    widget = TextArea


class EmailField(TextField):
    """An e-mail address."""

    widget = EmailBox
    default_validators = forms.EmailField.default_validators

    def run_validators(self, value: Any) -> None:
        """Say how an address looks, whatever is wrong with this one."""
        try:
            super().run_validators(value)
        except ValidationError as error:
            message = _("Enter an e-mail address such as name@example.org")
            raise ValidationError(message, code="invalid") from error


class PhoneField(forms.CharField):
    """A telephone number of any country; its value is E.164 ("+995322123456")."""

    widget = PhoneBox

    def __init__(self, *, region: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.region = region

    def to_python(self, value: Any) -> str:
        """Return the number as machines write it.

        Only its length is checked: numbers are given out faster than tables of them are mended, and
        a number refused is a person nobody can ring.
        """
        text = super().to_python(mended(str(value)) if value not in self.empty_values else "") or ""
        if not text:
            return text
        try:
            found = phonenumbers.parse(text, self.region)
        except phonenumbers.NumberParseException as error:
            raise self._refused() from error
        if found.extension:
            raise ValidationError(_("Enter the number without an extension"), code="extension")
        if phonenumbers.is_possible_number_with_reason(found) != ValidationResult.IS_POSSIBLE:
            raise self._refused()
        return phonenumbers.format_number(found, PhoneNumberFormat.E164)

    def _refused(self) -> ValidationError:
        example = phonenumbers.example_number_for_type(self.region, PhoneNumberType.MOBILE)
        written = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL) if example else "+…"
        message = _("Enter a telephone number with its country code, such as %(example)s")
        bound = kept_ltr(written.replace(" ", NO_BREAK_SPACE))
        return ValidationError(message % {"example": bound}, code="invalid")


class FigureField(forms.Field):
    """A number of any script, with point or comma; its value is a Decimal."""

    widget: Any = FigureBox

    def __init__(
        self,
        *,
        places: int = 0,
        minimum: Decimal | None = None,
        maximum: Decimal | None = None,
        unit: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", FigureBox(unit=unit, places=places))
        super().__init__(**kwargs)
        self.places = places
        self.minimum = minimum
        self.maximum = maximum

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number, or say how to write one."""
        text = self.stripped(mended(str(value))) if value not in self.empty_values else ""
        if not text:
            return None
        try:
            found = figures.read(text, places=self.places)
        except figures.TooLongError as error:
            raise ValidationError(_("This number is too large"), code="too_large") from error
        except figures.UnclearError as error:
            message = _("Is it %(fraction)s or %(thousands)s? Write it without setting thousands apart")
            named = {"fraction": self.written(error.fraction), "thousands": self.written(error.thousands)}
            raise ValidationError(message % named, code="unclear") from error
        if found is None:
            raise ValidationError(self.how_to_write(), code="invalid")
        return self._rounded(found)

    def stripped(self, text: str) -> str:
        """Return the text without what may stand beside the digits."""
        return text.strip()

    def how_to_write(self) -> str:
        """Return what to type instead of what is no number."""
        if not self.places:
            return _("Enter a whole number such as %(example)s") % {"example": 25}
        return _("Enter a number such as %(example)s") % {"example": number(Decimal("12.5"))}

    def validate(self, value: Decimal | None) -> None:
        """Say which limit a number is beyond, and by how much."""
        super().validate(value)
        if value is None:
            return
        if self.maximum is not None and value > self.maximum:
            raise ValidationError(self.too_much(value - self.maximum, self.maximum), code="maximum")
        if self.minimum is not None and value < self.minimum:
            raise ValidationError(self.too_little(value, self.minimum), code="minimum")

    def too_much(self, over: Decimal, limit: Decimal) -> str:
        """Return what is wrong with a number above its limit."""
        message = _("This is %(over)s above the limit of %(limit)s")
        return message % {"over": self.written(over), "limit": self.written(limit)}

    def too_little(self, value: Decimal, limit: Decimal) -> str:
        """Return what is wrong with a number below its limit."""
        message = _("This is %(under)s below the least possible, %(limit)s")
        return message % {"under": self.written(limit - value), "limit": self.written(limit)}

    def written(self, value: Decimal) -> str:
        """Return a number as people of this language write it."""
        return kept_ltr(number(value.normalize() if value else Decimal(0)))

    @property
    def span(self) -> str:
        """Return the limits in words, or nothing without limits."""
        low, high = self.minimum, self.maximum
        if low is not None and high is not None:
            return _("Between %(low)s and %(high)s.") % {"low": self.written(low), "high": self.written(high)}
        if high is not None:
            return _("At most %(high)s.") % {"high": self.written(high)}
        return _("At least %(low)s.") % {"low": self.written(low)} if low else ""

    def _rounded(self, value: Decimal) -> Decimal:
        rounded = value.quantize(Decimal(1).scaleb(-self.places))
        if rounded == value:
            return rounded
        if not self.places:
            raise ValidationError(self.how_to_write(), code="places")
        message = ngettext(
            "Write at most %(most)s digit behind the mark",
            "Write at most %(most)s digits behind the mark",
            self.places,
        )
        raise ValidationError(message % {"most": self.places}, code="places")


class MoneyField(FigureField):
    """An amount in one currency; its value is a Decimal with two places."""

    def __init__(self, *, currency: str, **kwargs: Any) -> None:
        super().__init__(places=figures.PLACES_OF_MONEY, unit=SIGNS.get(currency, currency), **kwargs)
        self.currency = currency

    def validate(self, value: Decimal | None) -> None:
        """Take no amount below nothing, unless the limits say otherwise."""
        if value is not None and value < 0 <= (self.minimum or 0):
            raise ValidationError(self.how_to_write(), code="negative")
        super().validate(value)

    def stripped(self, text: str) -> str:
        """Return the amount without the sign or code of its currency, on either side."""
        text = text.strip()
        for sign in {SIGNS.get(self.currency, self.currency), self.currency}:
            if text[-len(sign) :].casefold() == sign.casefold():
                return text[: -len(sign)].strip()
            if text[: len(sign)].casefold() == sign.casefold():
                return text[len(sign) :].strip()
        return text

    def how_to_write(self) -> str:
        """Return examples in the way of the reader's language."""
        examples = {
            "short": kept_ltr(number(800)),
            "long": kept_ltr(number(Decimal("1250.50"), places=2)),
        }
        return _("Enter an amount such as %(short)s or %(long)s") % examples

    def too_much(self, over: Decimal, limit: Decimal) -> str:
        """Return what is wrong with an amount above its limit."""
        message = _("This amount is %(over)s above the limit of %(limit)s")
        return message % {"over": self.written(over), "limit": self.written(limit)}

    def too_little(self, value: Decimal, limit: Decimal) -> str:
        """Return what is wrong with an amount below its limit."""
        message = _("This amount is %(under)s below the least possible, %(limit)s")
        return message % {"under": self.written(limit - value), "limit": self.written(limit)}

    def written(self, value: Decimal) -> str:
        """Return an amount as people of this language write it."""
        return kept_ltr(money(value, self.currency))


class FilesField(forms.Field):
    """Files beside those that are here; its value is the list of new ones."""

    widget: Any = FilesBox

    def __init__(
        self, *, held: Sequence[HeldFile] = (), most: int = 1, endings: Sequence[str] = (), **kwargs: Any
    ) -> None:
        accept = {"accept": ",".join(f".{ending}" for ending in endings)} if endings else {}
        super().__init__(widget=FilesBox(accept, held=held, several=most > 1), **kwargs)
        self.held = tuple(held)
        self.most = most

    def clean(self, value: Any) -> list[Any]:
        """Return the new files; those that are here count for what is asked and for what is possible."""
        new = [item for item in value or [] if isinstance(item, UploadedFile)]
        if self.required and not new and not self.held:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(self.held) + len(new) > self.most:
            raise ValidationError(self._too_many(len(new)), code="too_many")
        return new

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002 - Django's signature
        """Return whether there are new files."""
        return bool(data)

    def _too_many(self, new: int) -> str:
        named = {"most": self.most, "held": len(self.held), "new": new}
        message = ngettext(
            "At most one file is possible. Already here: %(held)s, chosen now: %(new)s",
            "At most %(most)s files are possible. Already here: %(held)s, chosen now: %(new)s",
            self.most,
        )
        return message % named
