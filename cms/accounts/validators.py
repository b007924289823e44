"""Numbers in registries, as they are kept: one spelling each, so that nobody enters a body twice."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.de import handelsregisternummer
from stdnum.exceptions import ValidationError as NumberError
from stdnum.it import codicefiscale

from cms.accounts.enums import Registry

_COURT = re.compile(r"(?:amtsgericht|ag)\s+", re.IGNORECASE)
_ENTRY = re.compile(r"\b(HRB|VR)\s*(\d{1,7})(?:\s+([A-Z]{1,3}))?\b", re.IGNORECASE)
_GEORGIAN = re.compile(r"\d{9}")
_RUNTS = re.compile(r"\d{1,8}")

MESSAGES: dict[str, Any] = {
    Registry.GE_NAPR: _("The identification code has nine digits; check it against your extract"),
    Registry.DE_VR: _("Enter the court and the number, such as Dresden VR 1234"),
    Registry.DE_HRB: _("Enter the court and the number, such as Dresden HRB 12345"),
    Registry.IT_CF: _(
        "This is no tax code: it has eleven digits, or sixteen letters and digits. Check each of them"
    ),
    Registry.IT_RUNTS: _("Enter the number in the register, digits only"),
}


def registry_number(*, registry: str, text: str) -> str:
    """Return a number in the one spelling of its registry.

    What has a check digit is checked; of the rest only the shape is known.

    Raises:
        ValidationError: it cannot be a number of this registry.

    """
    tidy = " ".join(_western(unicodedata.normalize("NFKC", text)).split())
    known = _SPELLINGS.get(registry)
    if known is None:
        return tidy
    spelt = known(tidy)
    if spelt is None:
        raise ValidationError(MESSAGES[registry], code="invalid")
    return spelt


def _western(text: str) -> str:
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def _digits(shape: re.Pattern[str]) -> Callable[[str], str | None]:
    def spelt(text: str) -> str | None:
        digits = re.sub(r"[\s./-]", "", text)
        return digits if shape.fullmatch(digits) else None

    return spelt


def _italian(text: str) -> str | None:
    try:
        return str(codicefiscale.validate(text))
    except NumberError:
        return None


def _german(kind: str) -> Callable[[str], str | None]:
    def spelt(text: str) -> str | None:
        entry = _ENTRY.search(text)
        if entry is None or entry[1].upper() != kind:
            return None
        rest = f"{text[: entry.start()]} {text[entry.end() :]}"
        court = " ".join(_COURT.sub("", rest).strip(" ,;:").split())
        if not re.search(r"[^\W\d_]{2}", court) or re.search(r"\d", court):
            return None
        number = " ".join(part for part in (kind, entry[2], (entry[3] or "").upper()) if part)
        return f"{_spelt_court(court, number)} {number}"

    return spelt


def _spelt_court(court: str, number: str) -> str:
    """Return the court as the list of courts spells it; a court it lacks with capital first letters.

    Associations stand at some courts that keep no companies, so that an unknown one is no mistake.
    """
    try:
        return str(handelsregisternummer.validate(f"{court} {number}")).removesuffix(number).strip()
    except NumberError:
        return court.title()


_SPELLINGS: dict[str, Callable[[str], str | None]] = {
    Registry.GE_NAPR: _digits(_GEORGIAN),
    Registry.DE_VR: _german("VR"),
    Registry.DE_HRB: _german("HRB"),
    Registry.IT_CF: _italian,
    Registry.IT_RUNTS: _digits(_RUNTS),
}
