"""Keep a step as it was typed, whether it makes sense or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from cms.core import clock
from cms.forms import vault
from cms.forms.domain.errors import NotNowError
from cms.forms.enums import Pii
from cms.forms.journey import Journey, StepOutline
from cms.forms.journey.reading import Raw, tidied
from cms.forms.journey.way import raw_of
from cms.forms.models import StepData, Submission
from cms.forms.queries.locked import writable


@dataclass(frozen=True, slots=True)
class Saved:
    """It is kept; the next page carries this serial."""

    serial: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved the same step meanwhile, in another tab or at another place: nothing was changed.

    `mine` and `theirs` are {field name: [texts]}; saving `mine` with `serial` overwrites theirs.
    """

    mine: Raw
    theirs: Raw
    serial: int

    @property
    def names(self) -> list[str]:
        """Return the names of the fields in which the two differ."""
        names = dict.fromkeys([*self.theirs, *self.mine])
        return [name for name in names if self.mine.get(name) != self.theirs.get(name)]


@transaction.atomic
def save_step(
    *,
    journey: Journey,
    step: str,
    raw: Mapping[str, Sequence[str]],
    shown: Iterable[str],
    serial: int,
    complete: bool,
) -> Saved | Conflict:
    """Write what was posted for known questions of a step, as it was typed; the journey takes it over.

    Answers of special categories are written sealed. What may not be changed now stays as it is.

    Args:
        journey: of the submission.
        step: its key.
        raw: field name → texts, as `StepForm.raw` has it.
        shown: keys of the questions that were on the page.
        serial: what the page carried.
        complete: whether all questions are answered well.

    Raises:
        NotNowError: it was sent meanwhile, or there is no such step now.

    """
    return put_step(journey=journey, step=step, raw=raw, shown=shown, serial=serial, complete=complete)


def put_step(
    *,
    journey: Journey,
    step: str,
    raw: Mapping[str, Sequence[str]],
    shown: Iterable[str],
    serial: int,
    complete: bool,
) -> Saved | Conflict:
    """Do as `save_step`, in a transaction of the caller.

    Raises:
        NotNowError: it was sent meanwhile, or there is no such step now.

    """
    outline = journey.outline.step(step)
    if outline is None or journey.step(step) is None:
        raise NotNowError
    if not writable(journey.submission, reopening=journey.reopening):
        raise NotNowError
    row = StepData.objects.select_for_update().filter(submission=journey.submission, step=step).first()
    there = raw_of(row) if row else {}
    mine = _mine(journey, outline, raw, there)
    if row and mine != there and row.serial != serial:
        return Conflict(mine, there, row.serial)
    row = row or StepData(submission=journey.submission, step=step, serial=0)
    write_texts(row, outline, mine)
    row.shown = _shown(journey, outline, row.shown, set(shown))
    row.complete = complete
    row.serial += mine != there or row.serial == 0
    row.saved_at = clock.now()
    row.save()
    Submission.objects.filter(pk=row.submission_id).update(saved_at=row.saved_at)
    journey.put(row)
    return Saved(row.serial)


def _mine(journey: Journey, outline: StepOutline, raw: Mapping[str, Sequence[str]], there: Raw) -> Raw:
    """Return what is to stand there afterwards, in the order of the questions."""
    mine: Raw = {}
    for name, question in outline.names.items():
        if not journey.may_change(question.key):
            mine |= {name: there[name]} if name in there else {}
        elif name in raw:
            mine[name] = tidied(raw[name])
    return mine


def _shown(journey: Journey, outline: StepOutline, before: list[str], now: set[str]) -> list[str]:
    """Return the keys that were on a page; those that were not open count as before."""
    kept = {key for key in before if not journey.may_change(key)}
    return [item.key for item in outline.items if item.key and item.key in now | kept]


def write_texts(row: StepData, outline: StepOutline, mine: Raw) -> None:
    """Put each text where it belongs."""
    special = {name: mine[name] for name in mine if outline.names[name].pii == Pii.SPECIAL}
    row.data = {name: mine[name] for name in mine if name not in special}
    row.sealed = vault.seal(special)
