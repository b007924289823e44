"""Which state of a registration follows which: the only way it changes."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from cms.events.enums import RegistrationState as State
from cms.events.enums import RegistrationVerb as Verb
from cms.forms.enums import Phase
from cms.forms.transitions import Actor, Table, Transition

TRANSITIONS: Table = MappingProxyType(
    {
        Verb.CONFIRM: Transition(
            sources=frozenset({State.DRAFT}), target=State.CONFIRMED, actor=Actor.APPLICANT
        ),
        Verb.QUEUE: Transition(
            sources=frozenset({State.DRAFT}), target=State.WAITLISTED, actor=Actor.APPLICANT
        ),
        Verb.OFFER: Transition(
            sources=frozenset({State.WAITLISTED}), target=State.OFFERED, actor=Actor.SYSTEM
        ),
        Verb.ACCEPT: Transition(
            sources=frozenset({State.OFFERED}), target=State.CONFIRMED, actor=Actor.APPLICANT
        ),
        Verb.LAPSE: Transition(sources=frozenset({State.OFFERED}), target=State.LAPSED, actor=Actor.SYSTEM),
        Verb.REJOIN: Transition(
            sources=frozenset({State.LAPSED}), target=State.WAITLISTED, actor=Actor.APPLICANT
        ),
        Verb.CANCEL: Transition(
            sources=frozenset({State.CONFIRMED, State.WAITLISTED, State.OFFERED}),
            target=State.CANCELLED_BY_PERSON,
            actor=Actor.APPLICANT,
        ),
        Verb.CALL_OFF: Transition(
            sources=frozenset({State.CONFIRMED, State.WAITLISTED, State.OFFERED}),
            target=State.CANCELLED_BY_OFFICE,
            actor=Actor.STAFF,
            label=_("Cancel the registration"),
            bulk=True,
            reason=True,
            forward=False,
            serious=True,
        ),
        # The date itself is cancelled: whoever manages it may, nobody moves up, and its own message is told.
        Verb.DATE_OFF: Transition(
            sources=frozenset({State.CONFIRMED, State.WAITLISTED, State.OFFERED}),
            target=State.CANCELLED_BY_OFFICE,
            actor=Actor.SYSTEM,
        ),
    }
)

PHASES: Mapping[str, Phase] = MappingProxyType(
    {
        State.DRAFT: Phase.DRAFT,
        State.CONFIRMED: Phase.CLOSED,
        State.WAITLISTED: Phase.WAITING,
        State.OFFERED: Phase.WAITING,
        State.LAPSED: Phase.CLOSED,
        State.CANCELLED_BY_PERSON: Phase.CLOSED,
        State.CANCELLED_BY_OFFICE: Phase.CLOSED,
    }
)
"""A confirmed registration asks nothing of the office: it does not stand among what is open."""

FREEING = frozenset({Verb.CONFIRM, Verb.QUEUE, Verb.CANCEL, Verb.CALL_OFF, Verb.LAPSE, Verb.REJOIN})
"""What may let somebody move up; sending gives back what was kept and not used."""

ENDING = frozenset({Verb.CANCEL, Verb.CALL_OFF, Verb.DATE_OFF})
"""After which nobody comes any more."""
