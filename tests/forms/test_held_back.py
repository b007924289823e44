"""A request that was held back on purpose: what was written after the deadline is not sent."""

from datetime import timedelta

import pytest

from cms.forms.domain.errors import NotOpenError
from tests.forms.factories import make_call, make_filled, send

pytestmark = pytest.mark.django_db


def test_nobody_writes_on_while_a_request_from_before_the_deadline_is_held_back(stopped_clock):
    call = make_call()
    stopped_clock.set(call.closes_at + timedelta(minutes=5))
    draft = make_filled(call)
    with pytest.raises(NotOpenError) as refused:
        send(draft, arrived=call.closes_at)
    assert refused.value.acceptance.deadline == call.closes_at
    draft.refresh_from_db()
    assert draft.is_draft
    assert not draft.versions.exists()


def test_what_another_window_saves_by_itself_meanwhile_does_no_harm(stopped_clock):
    call = make_call()
    stopped_clock.set(call.closes_at + timedelta(seconds=2))
    assert send(make_filled(call), arrived=call.closes_at)
