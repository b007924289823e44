"""Pages of calls."""

from itertools import count

from cms.grants.models import CallIndexPage, CallPage
from tests.forms.factories import make_call

_numbers = count(1)

RULES = [
    {"type": "rule", "value": {"fit": "yes", "text": "Associations of migrants"}},
    {"type": "rule", "value": {"fit": "ask", "text": "Not registered yet"}},
    {"type": "rule", "value": {"fit": "no", "text": "Parties"}},
]


def make_index(home, **fields):
    """Publish the list of calls below a home page."""
    page = CallIndexPage(**{"title": "გრანტები", "slug": "grants", "locale": home.locale, **fields})
    return home.add_child(instance=page)


def make_call_page(index, call=None, **fields):
    """Publish the page of a call."""
    fields = {
        "title": "გაერთიანებების ფონდი",
        "slug": f"call-{next(_numbers)}",
        "lead": "ფული საერთო საქმისთვის.",
        "rules": RULES,
        "choosing": [{"type": "step", "value": "We read."}],
        **fields,
    }
    page = CallPage(call=call or make_call(), locale=index.locale, **fields)
    return index.add_child(instance=page)
