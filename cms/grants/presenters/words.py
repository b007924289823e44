"""Times and amounts of calls in words. Plain text, no HTML, but for amounts in a line of Arabic."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.formats import bidi, money, numbers
from cms.core.formats.dates import DASH

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FEW = 2
"""Below two days hours are counted, below two hours minutes: the nearer, the more exactly."""

LONG = 90
"""Minutes from which a form is said to take hours."""

MINUTES_OF_AN_HOUR = 60


def left(until: datetime, moment: datetime) -> str:
    """Return how much time is left, rounded down: nobody is promised more than there is."""
    time = until - moment
    if time >= FEW * DAY:
        number = time // DAY
        text = ngettext("%(number)s day left", "%(number)s days left", number)
    elif time >= FEW * HOUR:
        number = time // HOUR
        text = ngettext("%(number)s hour left", "%(number)s hours left", number)
    elif time >= MINUTE:
        number = time // MINUTE
        text = ngettext("%(number)s minute left", "%(number)s minutes left", number)
    else:
        return _("Less than a minute left")
    return text % {"number": numbers.number(number)}


def takes(minutes: int) -> str:
    """Return how long a form takes: in minutes, a long one in hours, rounded up to a half."""
    if minutes < LONG:
        number = ngettext("about %(number)s minute", "about %(number)s minutes", minutes)
        return number % {"number": numbers.number(minutes)}
    halves = -(-minutes * 2 // MINUTES_OF_AN_HOUR)
    hours = Decimal(halves) / 2
    whole = hours == hours.to_integral_value()
    shown = numbers.number(hours, places=0 if whole else 1)
    # Halves take the plural of what comes after them.
    return ngettext("about %(number)s hour", "about %(number)s hours", -(-halves // 2)) % {"number": shown}


def amounts(low: Decimal | None, high: Decimal | None, currency: str) -> SafeString:
    """Return what one grant may be: "5 000–40 000 ₾", "up to 1 000 ₾", "from 500 ₾", or nothing."""
    if low is not None and high is not None:
        return bidi.kept_in_line(_span(low, high, currency))
    if high is not None:
        return format_html(_("up to {}"), bidi.kept_in_line(money.money(high, currency)))
    if low is not None:
        return format_html(_("from {}"), bidi.kept_in_line(money.money(low, currency)))
    return SafeString("")


def _span(low: Decimal, high: Decimal, currency: str) -> str:
    last = money.money(high, currency)
    if low == high:
        return last
    first = money.money(low, currency)
    # Where the sign stands behind, once is enough.
    number, gap, sign = first.partition(numbers.NO_BREAK_SPACE + money.SIGNS.get(currency, currency))
    return f"{number if gap and not sign else first}{DASH}{last}"
