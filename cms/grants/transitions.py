"""Which state of an application follows which: the only way it changes."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from cms.forms.enums import Phase
from cms.forms.transitions import Actor, Table, Transition
from cms.grants.enums import ApplicationState as State
from cms.grants.enums import ApplicationVerb as Verb

TRANSITIONS: Table = MappingProxyType(
    {
        Verb.SUBMIT: Transition(
            sources=frozenset({State.DRAFT}), target=State.SUBMITTED, actor=Actor.APPLICANT
        ),
        Verb.SCREEN: Transition(
            sources=frozenset({State.SUBMITTED}),
            target=State.SCREENING,
            actor=Actor.STAFF,
            label=_("Begin checking"),
            bulk=True,
        ),
        Verb.ASK: Transition(
            sources=frozenset({State.SUBMITTED, State.SCREENING}),
            target=State.CLARIFICATION,
            actor=Actor.STAFF,
        ),
        Verb.ANSWER: Transition(
            sources=frozenset({State.CLARIFICATION}), target=State.SCREENING, actor=Actor.APPLICANT
        ),
        Verb.TAKE_BACK: Transition(
            sources=frozenset({State.CLARIFICATION}), target=State.SCREENING, actor=Actor.STAFF
        ),
        Verb.PASS_ON: Transition(
            sources=frozenset({State.SCREENING}),
            target=State.IN_REVIEW,
            actor=Actor.STAFF,
            label=_("Pass on to assessment"),
            bulk=True,
        ),
        Verb.RETURN: Transition(
            sources=frozenset({State.IN_REVIEW}),
            target=State.SCREENING,
            actor=Actor.STAFF,
            label=_("Take back to checking"),
            forward=False,
        ),
        Verb.WITHDRAW: Transition(
            sources=frozenset({State.SUBMITTED, State.SCREENING, State.CLARIFICATION, State.IN_REVIEW}),
            target=State.WITHDRAWN,
            actor=Actor.APPLICANT,
        ),
    }
)

PHASES: Mapping[str, Phase] = MappingProxyType(
    {
        State.DRAFT: Phase.DRAFT,
        State.SUBMITTED: Phase.NEW,
        State.SCREENING: Phase.WORKING,
        State.CLARIFICATION: Phase.WAITING,
        State.IN_REVIEW: Phase.WORKING,
        State.WITHDRAWN: Phase.CLOSED,
    }
)
