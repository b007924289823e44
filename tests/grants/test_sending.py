"""Sending an application: what the call has to say about it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from cms.core import clock
from cms.forms.domain.errors import IncompleteError, NotOpenError
from cms.grants.models import Application
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_call, make_filled, make_organisation, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

INSTANT = timedelta(microseconds=1)


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def ours(person):
    return make_organisation(owner=person)


def filled(call, person, ours, **typed):
    return make_filled(call, owner=person, typed={"organisation": str(ours.pk), **typed})


def test_what_is_sent_at_the_deadline_counts_and_a_microsecond_later_it_does_not(person, ours):
    call = make_call()
    in_time, late = (filled(call, person, ours) for _each in range(2))
    send(in_time, arrived=call.closes_at)
    with pytest.raises(NotOpenError):
        send(late, arrived=call.closes_at + INSTANT)
    assert Application.objects.get(submission=in_time).state == "submitted"
    assert Application.objects.get(submission=late).state == "draft"


def test_grace_lets_in_what_is_a_little_late(person, ours):
    call = make_call(grace_seconds=60)
    send(filled(call, person, ours), arrived=call.closes_at + timedelta(seconds=60))
    with pytest.raises(NotOpenError):
        send(filled(call, person, ours), arrived=call.closes_at + timedelta(seconds=60) + INSTANT)


def test_a_deadline_that_was_moved_counts_for_drafts_that_were_there(person, ours):
    call = make_call()
    draft = filled(call, person, ours)
    late = call.closes_at + timedelta(days=1)
    call.closes_wall += timedelta(days=2)
    call.save()
    send(draft, arrived=late)
    assert Application.objects.get(submission=draft).state == "submitted"


def test_the_amount_is_copied_and_lies_within_the_limits(person, ours):
    call = make_call(minimum=Decimal(500), maximum=Decimal(1000))
    fine = filled(call, person, ours)
    send(fine)
    assert Application.objects.get(submission=fine).amount_requested == Decimal(800)
    for amount in ("499.99", "1000.01"):
        with pytest.raises(IncompleteError):
            send(filled(call, person, ours, amount=amount))


def test_a_call_in_another_currency_takes_no_euros(person, ours):
    call = make_call(currency="GEL")
    with pytest.raises(IncompleteError) as refused:
        send(filled(call, person, ours))
    assert "GEL" in str(refused.value.problems)


def test_an_organisation_sends_one_where_one_is_allowed(person, ours):
    call = make_call(per_organisation=1)
    first, second = (filled(call, person, ours) for _each in range(2))
    send(first)
    with override("en"), pytest.raises(IncompleteError) as refused:
        send(second)
    assert "already sent" in str(refused.value.problems)
    second.refresh_from_db()
    assert second.is_draft
    # Sent once more it is the same application, not one too many.
    assert send(first).number == 1
    other = make_organisation(owner=person, name="Others")
    send(filled(call, person, other), arrived=clock.now())
