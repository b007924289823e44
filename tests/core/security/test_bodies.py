"""A request without an end fills no disk."""

import pytest
from django.test import Client


@pytest.mark.parametrize("length", [str(512 * 1024 * 1024 + 1), "9" * 5000])
@pytest.mark.parametrize("path", ["/en/my/links/", "/admin/images/add/", "/nowhere"])
def test_what_is_too_large_is_refused_unread(length, path):
    response = Client(enforce_csrf_checks=True).post(path, {"email": "a"}, CONTENT_LENGTH=length)
    assert response.status_code == 413
    assert "at most 512" in response.content.decode().replace("\xa0", " ") or not path.startswith("/en/")


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["", "x", "-5", "٣", "10"])
def test_everything_else_goes_on(length):
    assert Client().get("/healthz/live", CONTENT_LENGTH=length).status_code == 200
