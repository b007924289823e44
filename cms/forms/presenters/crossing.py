"""How far somebody has come with a form, as a bridge of which each part is an arch."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.formats.bidi import quoting, told_in
from cms.core.formats.numbers import number
from cms.forms.journey import Journey, Step, StepState

MOST_NAMED = 7
LONGEST_NAME = 16
LONG_WORDS = frozenset({"ka"})
"""Languages whose words do not fit below an arch."""


@dataclass(frozen=True, slots=True)
class Arch:
    """One part of a form."""

    label: str
    language: str = ""
    """Empty is the reader's."""
    here: bool = False
    todo: bool = False


@dataclass(frozen=True, slots=True)
class Crossing:
    """All parts, and where one stands; `mute` leaves the names to those who listen."""

    label: str
    sentence: str
    arches: list[Arch]

    @property
    def mute(self) -> bool:
        """Tell whether the names would not fit."""
        too_long = any(len(arch.label) > LONGEST_NAME for arch in self.arches)
        spoken = {arch.language or get_language() for arch in self.arches}
        return too_long or len(self.arches) > MOST_NAMED or not LONG_WORDS.isdisjoint(spoken)


def on_step(journey: Journey, step: Step) -> Crossing:
    """Return "Step 3 of 7"."""
    arches = [_arch(other, here=other.key == step.key) for other in journey.steps]
    title = told_in(step.title, step.language)
    return _standing([*arches, Arch(_("Sending"))], step.number, title)


def on_check(journey: Journey) -> Crossing:
    """Return the last step: everything is checked and sent."""
    arches = [_arch(step) for step in journey.steps]
    return _standing([*arches, Arch(_("Sending"), here=True)], len(arches) + 1, _("Sending"))


def on_tasks(journey: Journey) -> Crossing:
    """Return how many parts are done."""
    done = [step.state == StepState.DONE for step in journey.steps]
    arches = [_arch(step, todo=not is_done) for step, is_done in zip(journey.steps, done, strict=True)]
    sentence = _("%(done)s of %(all)s parts are filled in")
    named = {"done": number(sum(done)), "all": number(len(done))}
    return Crossing(_("How far you have come"), sentence % named, [*arches, Arch(_("Sending"), todo=True)])


def _arch(step: Step, **more: bool) -> Arch:
    return Arch(step.short or step.title, step.language, **more)


def _standing(arches: list[Arch], position: int, title: str) -> Crossing:
    sentence = _("Step %(position)s of %(all)s: %(title)s")
    said = quoting(sentence, position=number(position), all=number(len(arches)), title=title)
    return Crossing(_("Steps"), said, arches)
