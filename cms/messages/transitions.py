"""Which state follows which: the only way a message changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cms.messages.enums import MessageState, Verb


@dataclass(frozen=True, slots=True)
class Transition:
    """From these states to that one; `by_staff` ones are written to the audit."""

    sources: frozenset[MessageState]
    target: MessageState
    by_staff: bool = False


QUEUED, SENDING, SENT, OPEN = (
    MessageState.QUEUED,
    MessageState.SENDING,
    MessageState.SENT,
    MessageState.OPEN,
)

TRANSITIONS: Mapping[Verb, Transition] = MappingProxyType(
    {
        # A mail that is being sent may be claimed again: its sender may have died.
        Verb.CLAIM: Transition(frozenset({QUEUED, SENDING}), SENDING),
        Verb.POSTPONE: Transition(frozenset({SENDING}), QUEUED),
        Verb.DELIVER: Transition(frozenset({SENDING}), SENT),
        Verb.FAIL: Transition(frozenset({QUEUED, SENDING}), MessageState.DEAD),
        Verb.EXPIRE: Transition(frozenset({QUEUED, SENDING}), MessageState.EXPIRED),
        Verb.BOUNCE: Transition(frozenset({SENT}), MessageState.UNDELIVERABLE, by_staff=True),
        Verb.REACH: Transition(frozenset({OPEN}), MessageState.REACHED, by_staff=True),
        Verb.MISS: Transition(frozenset({OPEN}), OPEN, by_staff=True),
        Verb.GIVE_UP: Transition(frozenset({OPEN}), MessageState.GIVEN_UP, by_staff=True),
        Verb.DROP: Transition(frozenset({OPEN}), MessageState.NOT_NEEDED),
    }
)
