"""The admin and its scripts speak the language a person chose."""

import json

import pytest
from django.urls import reverse

from tests import sessions
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def texts(client, package, language):
    address = {
        "wagtail.admin": "wagtailadmin_javascript_catalog",
        "wagtail_localize": "localize_javascript_catalog",
    }
    return client.get(reverse(address[package]), headers={"accept-language": language})


def escaped(text):
    """Return the text as it stands in a script."""
    return json.dumps(text)[1:-1]


@pytest.mark.parametrize(
    ("package", "text", "georgian"),
    [
        ("wagtail.admin", "Expand all", "ყველას გაშლა"),
        ("wagtail_localize", "Applying editor lock", "მიმდინარეობს ჩაკეტვა"),
    ],
)
def test_scripts_speak_georgian(client, package, text, georgian):
    answer = texts(client, package, "ka")
    assert answer.status_code == 200
    assert text in answer.text
    assert escaped(georgian) in answer.text
    assert escaped(georgian) not in texts(client, package, "de").text


def test_pages_of_the_admin_speak_georgian(client):
    sessions.sign_in(client, UserFactory(superuser=True, preferred_language="ka"))
    page = client.get(reverse("wagtailadmin_home")).text
    assert '<html lang="ka"' in page
    assert "ანგარიში" in page
    assert ">Reports<" not in page
