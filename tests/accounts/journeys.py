"""Steps of signing in, as a browser takes them."""

import re
from html import unescape

from cms.audit.models import Entry


def actions():
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def ask(client, email, *, language="ka", follow=False, **data):
    return client.post(f"/{language}/account/login/", {"login": email, **data}, follow=follow)


def enter(client, code, *, language="ka", **data):
    return client.post(f"/{language}/account/login/code/confirm/", {"code": code, **data})


def signed_in(client):
    return "_auth_user_id" in client.session


def wrong(code):
    return code.translate(str.maketrans("0123456789", "1234567890"))


def shape(response):
    """Return a page without what differs from request to request."""
    text = re.sub(
        r'((?:csrfmiddlewaretoken|idempotency_key)" value|content)="[^"]+"',
        "",
        unescape(response.content.decode()),
    )
    return re.sub(r"[\w.-]+@example\.org", "ADDRESS", text)


def another_browser(client):
    return type(client)()
