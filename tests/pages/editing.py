"""Editors, as tests of the admin need them."""

from django.test import Client
from django.utils.translation import override
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import nested_form_data
from wagtail.users.models import UserProfile

from cms.accounts.domain.sync_rights import sync_rights
from cms.accounts.enums import Role
from tests.accounts.factories import UnitFactory, person_with
from tests.sessions import sign_in


def speak(client, language):
    """Let the person at a browser use the admin in a language."""
    UserProfile.objects.update_or_create(user=client.person, defaults={"preferred_language": language})
    return client


def editor(language="en", role=Role.EDITOR):
    """Return the browser of an editor of the main office, who writes all pages, in a language."""
    office = UnitFactory(root_page=Page.get_first_root_node(), collection=Collection.get_first_root_node())
    person = person_with(role, office)
    sync_rights(person)
    client = sign_in(Client(), person)
    client.person = person
    return speak(client, language)


def stream(name, *blocks):
    """Return the fields of a stream: `stream("times", ("hours", {"day": "1", …}))`."""
    fields = {f"{name}-count": str(len(blocks))}
    for place, (kind, value) in enumerate(blocks):
        head = f"{name}-{place}"
        fields |= {f"{head}-type": kind, f"{head}-id": "", f"{head}-order": str(place), f"{head}-deleted": ""}
        fields |= nested_form_data({head: {"value": value}})
    return fields


def errors_of(response):
    """Return field → messages of the form that came back, in English."""
    assert response.status_code == 200, response.get("Location", response.status_code)
    with override("en"):  # Lazy ones would come in the language of the test.
        return {
            name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()
        }
