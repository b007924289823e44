"""The journey: one pass over the steps of a submission, in which every answer is judged at most once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

from cms.forms import frozen, kinds, vault
from cms.forms.journey.around import surroundings_of, with_files, with_more_files
from cms.forms.journey.form import StepForm
from cms.forms.journey.known import known_of
from cms.forms.journey.outline import Outline, StepOutline, outline_of
from cms.forms.journey.reading import Raw, Reading, holds, merged, on_page, posted, read
from cms.forms.journey.steps import Step, StepState
from cms.forms.models import FormVersion, StepData, Submission, Upload
from cms.forms.questions import Surroundings
from cms.forms.rules import Comparable


@dataclass(slots=True)
class _Place:
    """A visible step: what came before it, and what is understood of it so far."""

    step: StepOutline
    raw: Raw
    before: Mapping[str, Comparable]
    reading: Reading
    whole: bool


class Journey:
    """What one submission asks and has been answered, in one language.

    Args:
        submission: whose answers; a draft follows the newest words of its structure. One that has not
            been begun, and is in no database, has none yet.
        surroundings: what questions need to know; asked of the submission if not given.
        only: keys that a question of the office has unlocked; the others stand as they were sent.
        reopening: what has opened it once more after sending, by its number.
        language: of the texts; by default that of the page.
        version: the newest of its structure, for whoever knows it already.

    """

    def __init__(
        self,
        submission: Submission,
        *,
        surroundings: Surroundings | None = None,
        only: frozenset[str] | None = None,
        reopening: int | None = None,
        language: str = "",
        version: FormVersion | None = None,
    ) -> None:
        if version is not None:
            self.__dict__["version"] = version
        self.submission = submission
        self.only = only
        self.reopening = reopening
        self._wanted_language = language or get_language() or submission.language
        self._given = surroundings

    # --- What there is ---------------------------------------------------------------------

    @cached_property
    def version(self) -> FormVersion:
        """Return the version in whose words it is filled in: for a draft the newest of its structure."""
        if self.submission.pk is None or not self.submission.is_draft:
            return self.submission.version
        same = FormVersion.objects.filter(
            form__versions=self.submission.version_id,
            structure_sha256=F("form__versions__structure_sha256"),
        )
        return same.order_by("-number")[0]

    @cached_property
    def outline(self) -> Outline:
        """Return everything that may be asked, visible or not."""
        return outline_of(self.version, self._wanted_language, self.submission.language)

    @property
    def language(self) -> str:
        """Return the language of the texts."""
        return self.outline.language

    @cached_property
    def surroundings(self) -> Surroundings:
        """Return what questions need to know, with the files that are here."""
        return with_files(self._given or surroundings_of(self.submission), self.submission)

    @cached_property
    def opened(self) -> frozenset[str] | None:
        """Return the keys that may be changed, with those that depend on them; None for all."""
        return None if self.only is None else self.outline.opened_by(self.only)

    def may_change(self, key: str) -> bool:
        """Tell whether the answer to a question may be changed now."""
        return self.opened is None or key in self.opened

    @cached_property
    def steps(self) -> list[Step]:
        """Return the visible steps; with `only` those that have something to change."""
        places = [place for place in self._places.values() if self._items(place)]
        return [self._step(place, number) for number, place in enumerate(places, 1)]

    def step(self, key: str) -> Step | None:
        """Return a visible step; None for one that is hidden or unknown."""
        return next((step for step in self.steps if step.key == key), None)

    @property
    def first_open(self) -> Step | None:
        """Return the first step that is not done."""
        return next((step for step in self.steps if step.state != StepState.DONE), None)

    def serial(self, key: str) -> int:
        """Return how often a step was saved; the page carries it, so that two tabs notice each other."""
        row = self._rows.get(key)
        return row.serial if row else 0

    # --- Filling in -------------------------------------------------------------------------

    def form(self, key: str, data: Any = None, files: Any = None) -> StepForm:
        """Return the form of a visible step: bound to `data`, else to what was saved, else empty.

        Raises:
            KeyError: the step is hidden or unknown.

        """
        place = self._places[key]
        row = self._rows.get(key)
        if data is None:
            raw = place.raw if row or self._has_files(place.step) else None
            shown = frozenset(row.shown) if row else None
            initial = known_of(self.submission, place.step) if raw is None else None
            return self._form(place, self._whole(place), raw, shown=shown, initial=initial)
        now = posted(place.step, data, prefix=f"{key}-")
        now = {name: texts for name, texts in now.items() if self.may_change(place.step.names[name].key)}
        told = on_page(place.step, data)
        here = place.reading.keys if told is None else told
        if self.opened is not None:
            here &= self.opened
        raw = merged(place.step, before=place.raw, now=now, on_page=here)
        bare = _unprefixed(files, f"{key}-")
        reading = self._read(place.step, raw, before=place.before, files=bare)
        here |= {place.step.names[name].key for name in now}
        return self._form(place, reading, raw, shown=here, files=files)

    def put(self, row: StepData) -> None:
        """Take over a step that has just been saved; what follows from it is understood anew."""
        self._rows[row.step] = row
        self.forget()

    def put_files(self, question: str, uploads: Sequence[Upload]) -> None:
        """Take over files that have just been added."""
        self.__dict__["surroundings"] = with_more_files(self.surroundings, question, uploads)
        self.forget()

    def forget(self) -> None:
        """Understand everything anew at the next question; rows and files are not read again."""
        for name in ("_places", "steps"):
            self.__dict__.pop(name, None)

    def refresh(self) -> None:
        """Read rows and files again."""
        for name in ("_rows", "surroundings"):
            self.__dict__.pop(name, None)
        self.forget()

    # --- What was answered ------------------------------------------------------------------

    def answers(self, *, fresh: bool = False) -> dict[str, Any]:
        """Return the valid answers to visible questions; None where nothing valid was answered.

        With `fresh` the rows are read again first.
        """
        if fresh:
            self.refresh()
        found: dict[str, Any] = {}
        for place in self._places.values():
            found |= self._whole(place).answers
        return found

    def answers_to(self, roles: frozenset[str]) -> dict[str, Any] | None:
        """Return the saved answers to visible questions of these roles; None if one is wrong or missing.

        Nothing else is judged than these and what conditions look at.
        """
        found: dict[str, Any] = {}
        for place in self._places.values() if roles else ():
            keys = frozenset(item.key for item in place.step.items if item.role in roles)
            if not keys or place.step.key not in self._rows:
                continue
            wanted = keys | self.outline.judged
            reading = self._read(place.step, place.raw, before=place.before, wanted=wanted)
            if keys & reading.errors.keys():
                return None
            found |= {key: reading.answers[key] for key in keys & reading.answers.keys()}
        return found

    def problems(self) -> dict[str, list[str]]:
        """Return by step what still stands in the way of sending ("" for the whole).

        Everything is judged again, complete or not: what was right once may be so no longer.
        """
        found: dict[str, list[str]] = {}
        for key, place in self._places.items():
            if messages := self._form(place, self._whole(place), place.raw).messages:
                found[key] = messages
        return found or self.placed(kinds.of(self.submission).check(self.submission, self.answers()))

    def placed(self, wrong: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return what is wrong by question as what is wrong by step."""
        steps = {question: key for key, place in self._places.items() for question in place.reading.keys}
        found: dict[str, list[str]] = {}
        for question, messages in wrong.items():
            found.setdefault(steps.get(question, ""), []).extend(map(str, _listed(messages)))
        return found

    @property
    def complete(self) -> bool:
        """Tell whether every visible step is done, or asks for nothing."""
        done = {step.key for step in self.steps if step.state == StepState.DONE}
        return all(key in done or not self._open_errors(place) for key, place in self._places.items())

    # --- Inside -----------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> dict[str, StepData]:
        if self.submission.pk is None:
            return {}
        return {row.step: row for row in self.submission.steps.all()}

    @cached_property
    def _settled(self) -> Mapping[str, Any] | None:
        """Return the answers that stand as they were sent, whatever has become of rules and rights."""
        if self.opened is None:
            return None
        sent = self.submission.versions.order_by("-stage", "-number").first()
        answers = frozen.thaw(sent) if sent else {}
        return {key: answer for key, answer in answers.items() if key not in self.opened}

    @cached_property
    def _places(self) -> dict[str, _Place]:
        """Walk over the steps once; of complete ones only what conditions look at is judged."""
        places: dict[str, _Place] = {}
        known: Mapping[str, Comparable] = {}
        for step in self.outline.steps:
            if not holds(step.condition, known):
                continue
            row = self._rows.get(step.key)
            raw = raw_of(row) if row else {}
            wanted = self.outline.judged if row is None or row.complete else None
            reading = self._read(step, raw, before=known, wanted=wanted)
            places[step.key] = _Place(step, raw, known, reading, whole=wanted is None)
            known = reading.known
        return places

    def _read(
        self,
        step: StepOutline,
        raw: Raw,
        *,
        before: Mapping[str, Comparable],
        files: Any = None,
        wanted: frozenset[str] | None = None,
    ) -> Reading:
        return read(
            step,
            raw,
            around=self.surroundings,
            known=before,
            files=files,
            settled=self._settled,
            wanted=wanted,
        )

    def _whole(self, place: _Place) -> Reading:
        """Return everything about a step, judged now if it was not yet."""
        if not place.whole:
            place.reading = self._read(place.step, place.raw, before=place.before)
            place.whole = True
        return place.reading

    def _form(
        self,
        place: _Place,
        reading: Reading,
        raw: Raw | None,
        *,
        shown: frozenset[str] | None = None,
        files: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> StepForm:
        return StepForm(
            key=place.step.key,
            reading=reading,
            raw=raw,
            files=files,
            shown=shown,
            opened=self.opened,
            initial=initial,
        )

    def _items(self, place: _Place) -> tuple[Any, ...]:
        return tuple(item for item in place.reading.asked if self.may_change(item.key))

    def _open_errors(self, place: _Place) -> list[str]:
        return [key for key in self._whole(place).errors if self.may_change(key)]

    def _has_files(self, step: StepOutline) -> bool:
        return any(item.key in self.surroundings.files for item in step.items if item.type == "files")

    def _step(self, place: _Place, number: int) -> Step:
        step = place.step
        return Step(
            key=step.key,
            language=step.language,
            title=step.title,
            short=step.short,
            intro=step.intro,
            number=number,
            state=self._state(place),
            items=self._items(place),
        )

    def _state(self, place: _Place) -> StepState:
        row = self._rows.get(place.step.key)
        if row is None:
            return StepState.STARTED if self._has_files(place.step) else StepState.TODO
        asked = {item.key for item in self._items(place) if item.key}
        new = asked - set(row.shown)
        if row.complete and not new:
            return StepState.DONE
        errors = self._whole(place).errors
        wrong = [errors[key] for key in self._open_errors(place) if key not in new]
        if any(part.code != "required" for error in wrong for part in error.error_list):
            return StepState.WRONG
        return StepState.STARTED if wrong or new else StepState.DONE


def raw_of(row: StepData) -> Raw:
    """Return what was typed into a step, opened where it is sealed; lost where its key is."""
    try:
        return {**row.data, **vault.unseal(row.sealed)}
    except vault.UnreadableError:
        return dict(row.data)


def _unprefixed(files: Any, prefix: str) -> Any:
    """Return files by the names of their questions."""
    if not files:
        return None
    return MultiValueDict({name.removeprefix(prefix): files.getlist(name) for name in files})


def _listed(messages: Any) -> Iterable[Any]:
    return messages if isinstance(messages, list | tuple) else [messages]
