"""With the room of messages: who gets which mail, in which language, and who may read it."""

import pytest

from cms.accounts.domain.reset_second_factor import reset_second_factor
from cms.accounts.enums import Role
from cms.messages.models import Message
from cms.messages.vault import unseal
from tests.accounts.conftest import enrol
from tests.accounts.factories import UserFactory, person_with
from tests.accounts.journeys import another_browser, ask, enter, signed_in

pytestmark = pytest.mark.django_db


def code_in(message):
    return unseal(message.sealed).body


def test_a_code_comes_in_the_language_of_the_person_and_signs_in(client):
    person = UserFactory(preferred_language="de")
    ask(client, person.email, language="ka")
    message = Message.objects.get()
    assert message.secret
    assert message.language == "de"
    assert (message.body, message.user) == ("", person)
    words = code_in(message).split()
    code = next(word for word in words if word[:4].isdigit() and "-" in word)
    enter(client, code.strip(".,:"))
    assert signed_in(client)


def test_sign_up_and_taken_addresses_write_one_mail_each(client):
    UserFactory(email="taken@example.org")
    for email in ("new@example.org", "taken@example.org"):
        another_browser(client).post("/it/account/signup/", {"email": email})
        assert Message.objects.latest("pk").secret
    assert Message.objects.count() == 2


def test_a_reset_is_told(office, admin):
    person = person_with(Role.HELPER, office)
    enrol(person)
    reset_second_factor(user=person, by=admin)
    message = Message.objects.get()
    assert (message.user, message.secret) == (person, False)
