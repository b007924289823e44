import re
from uuid import UUID, uuid4

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from cms.core.security.once import FIELD, key_of

KEY = "3b8f1a52-6f0e-4c0a-9a55-0d6c0b2f7f11"


def post(key):
    return RequestFactory().post("/ka/", {} if key is None else {FIELD: key})


def shown(request, times=1):
    page = Template("{% load look %}" + "{% once %}" * times).render(Context({"request": request}))
    keys = re.findall(rf'<input type="hidden" name="{FIELD}" value="([^"]+)">', page)
    assert len(keys) == times
    return keys


def test_the_key_of_a_form_is_read():
    assert key_of(post(KEY)) == UUID(KEY)


@pytest.mark.parametrize(
    "key",
    [
        None,
        "",
        "nonsense",
        "\x00",
        f"{{{KEY}}}",
        f"urn:uuid:{KEY}",
        KEY.upper(),
        KEY.replace("-", ""),
        KEY + "'",
        "<script>" * 5,
    ],
)
def test_what_we_did_not_write_is_no_key_and_is_not_shown_again(key):
    assert key_of(post(key)) is None
    assert shown(post(key))[0] != key


def test_an_address_carries_no_key():
    assert key_of(RequestFactory().get("/ka/", {FIELD: KEY})) is None
    assert key_of(RequestFactory().post(f"/ka/?{FIELD}={KEY}")) is None
    assert shown(RequestFactory().get("/ka/", {FIELD: KEY})) != [KEY]


def test_each_form_of_each_page_has_a_key_of_its_own():
    keys = shown(RequestFactory().get("/ka/"), times=2) + shown(None) + shown(RequestFactory().get("/ka/"))
    assert len({UUID(key) for key in keys}) == 4


def test_a_form_that_is_shown_again_keeps_its_key():
    key = str(uuid4())
    assert shown(post(key)) == [key]
