"""Amounts of money. Plain text, no HTML; the filter `money` keeps them in line in Arabic."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.core.codes import Codes
from cms.core.formats.numbers import MINUS, NO_BREAK_SPACE, number


class Currency(Codes):
    """What amounts are in, by ISO 4217."""

    GEL = "GEL", _("Georgian lari")
    EUR = "EUR", _("Euro")
    USD = "USD", _("US dollar")
    CHF = "CHF", _("Swiss franc")


SIGNS = {"GEL": "₾", "EUR": "€", "USD": "$"}
"""Currencies that have a sign everybody here knows; the others go by their code."""

_SIGN_FIRST = frozenset({"en"})


def money(amount: Decimal | int, currency: str) -> str:
    """Return an amount with the sign or code (ISO 4217) of its currency.

    Whole amounts have no digits behind the mark, others have two: "5 000 ₾", "€4,999.50".

    Raises:
        TypeError: The amount is a float.

    """
    if isinstance(amount, Decimal):
        amount = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = not isinstance(amount, Decimal) or amount == amount.to_integral_value()
    digits = number(amount, places=0 if whole else 2)
    sign = SIGNS.get(currency, currency)
    if get_language() not in _SIGN_FIRST:
        return f"{digits}{NO_BREAK_SPACE}{sign}"
    gap = "" if currency in SIGNS else NO_BREAK_SPACE
    minus, digits = (MINUS, digits[1:]) if digits.startswith(MINUS) else ("", digits)
    return f"{minus}{sign}{gap}{digits}"
