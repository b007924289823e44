"""The icon where browsers look for it on their own."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_browsers_find_the_icon_of_the_site(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(".svg")
    assert "/core/look/mark" in answer.headers["Location"]
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert Client().post("/favicon.ico").status_code == 405
