"""The table of registrations: what leads where, and that nothing leads anywhere else."""

from itertools import product

import pytest

from cms.events.enums import CONCERNED, SEAT_TAKING
from cms.events.enums import RegistrationState as State
from cms.events.enums import RegistrationVerb as Verb
from cms.events.transitions import FREEING, PHASES, TRANSITIONS
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.transition import transition
from cms.forms.enums import Phase
from cms.forms.models import StateChange
from cms.forms.transitions import Actor
from tests.events.factories import make_date, register

pytestmark = pytest.mark.django_db

OUT = {State.CANCELLED_BY_PERSON, State.CANCELLED_BY_OFFICE}


def test_every_verb_and_every_state_is_in_the_tables():
    assert set(TRANSITIONS) == set(Verb)
    assert set(PHASES) == set(State)
    reached = {step.target for step in TRANSITIONS.values()}
    assert reached == set(State) - {State.DRAFT}


def test_whoever_has_cancelled_or_was_cancelled_is_out_for_good():
    assert not {state for step in TRANSITIONS.values() for state in step.sources} & OUT


def test_whatever_ends_a_seat_lets_the_next_one_move_up():
    ending = {
        verb
        for verb, step in TRANSITIONS.items()
        if step.sources & SEAT_TAKING and step.target not in SEAT_TAKING and verb != Verb.DATE_OFF
    }
    assert ending <= FREEING


def test_only_waiting_and_offered_stand_in_the_queue_of_the_office():
    waiting = {state for state, phase in PHASES.items() if phase == Phase.WAITING}
    assert waiting == {State.WAITLISTED, State.OFFERED} == CONCERNED - {State.CONFIRMED}


def test_nothing_else_is_possible(stopped_clock):
    registration = register(make_date())
    possible = {(state, verb) for verb, step in TRANSITIONS.items() for state in step.sources}
    for state, verb in product(State, Verb):
        if (state, verb) in possible or state == State.DRAFT or TRANSITIONS[verb].actor == Actor.STAFF:
            continue
        registration.state, registration.queued_at = state, stopped_clock.now
        registration.save()
        with pytest.raises(NotNowError):
            transition(submission=registration.submission, verb=verb, by=None)
    assert StateChange.objects.count() == 1


@pytest.mark.parametrize("verb", [verb for verb, step in TRANSITIONS.items() if step.actor == Actor.STAFF])
def test_what_staff_do_nobody_else_does(verb, stopped_clock):
    registration = register(make_date())
    for nobody in (None, registration.submission.owner):
        with pytest.raises(NotAllowedError):
            transition(submission=registration.submission, verb=verb, by=nobody)
    registration.refresh_from_db()
    assert registration.state == State.CONFIRMED
