import pytest
from django.db import IntegrityError, transaction

from cms.audit.models import Entry
from cms.messages.domain.move import NotNowError, move
from cms.messages.enums import MessageState, Verb
from cms.messages.models import Message
from cms.messages.transitions import TRANSITIONS
from tests.messages.factories import MessageFactory, secret_message

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("state", MessageState)
def test_only_the_table_leads_on(verb, state):
    message = MessageFactory(state=state)
    step = TRANSITIONS[verb]
    if state in step.sources:
        assert move(message=message, verb=verb).state == step.target
    else:
        with pytest.raises(NotNowError):
            move(message=message, verb=verb)
        assert Message.objects.get().state == state
    assert Entry.objects.exists() == (step.by_staff and state in step.sources)


def test_table_cannot_be_changed():
    with pytest.raises(TypeError):
        TRANSITIONS[Verb.CLAIM] = None


@pytest.mark.parametrize("verb", [Verb.DELIVER, Verb.FAIL, Verb.EXPIRE])
def test_secret_text_goes_with_every_end(verb):
    message = secret_message("4711")
    Message.objects.update(state=MessageState.SENDING)
    assert move(message=message, verb=verb).sealed == ""
    assert Message.objects.get().sealed == ""


def test_database_refuses_a_readable_secret_and_a_kept_one():
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageFactory(secret=True, body="4711")
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageFactory(hidden=True, sealed="4711", state=MessageState.SENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageFactory(sealed="4711", queued=True)
