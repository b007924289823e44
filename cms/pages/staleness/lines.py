"""Which sentences of a translation are out of date, missing or made by a machine.

wagtail-localize says only whether the present wording of a sentence is translated. Here a sentence
without translation is followed back through its earlier wordings: where one of them was
translated, the translation is out of date, and we know against what.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wagtail_localize.models import StringTranslation

from cms.pages.enums import TranslationState
from cms.pages.staleness.queries import rewordings_of, segments_of, sentences_in
from cms.pages.staleness.wording import words


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a source in one language: a heading, a paragraph, an item of a list.

    `text`, `earlier` and `translation` are HTML as wagtail-localize keeps it. `earlier` is the
    wording that `translation` belongs to, and empty unless the sentence is out of date.
    """

    translation_id: int
    segment_id: int
    context_id: int
    string_id: int
    path: str
    text: str
    state: TranslationState
    earlier: str = ""
    translation: str = ""


@dataclass(slots=True)
class Tally:
    """How many sentences, and how many words of the source, are in which state."""

    sentences: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    def add(self, line: Line) -> None:
        """Count a sentence."""
        self.sentences[line.state] += 1
        self.words[line.state] += words(line.text)

    @property
    def state(self) -> TranslationState:
        """The most urgent state there is."""
        return next((state for state in TranslationState if self.sentences[state]), TranslationState.COMPLETE)


class Place(NamedTuple):
    """A sentence at its place in an object."""

    context_id: int
    string_id: int


class Memory:
    """What was ever translated of some objects, and which wording followed which."""

    def __init__(self, translations: Iterable[Any]) -> None:
        objects = {translation.source.object_id for translation in translations}
        locales = {translation.target_locale_id for translation in translations}
        self.earlier: dict[Place, tuple[Place, str]] = {
            Place(context, later): (Place(context, earlier), text)
            for context, later, earlier, text in rewordings_of(objects)
        }
        self.known: dict[tuple[int, Place], tuple[str, str]] = {
            (locale, Place(context, string)): (data, kind)
            for locale, context, string, data, kind in sentences_in(locales, objects)
        }

    def line(self, translation: Any, segment: Any) -> Line:
        """Return how a sentence of the source stands in a language."""
        place, locale = Place(segment.context_id, segment.string_id), translation.target_locale_id
        state, earlier, data = TranslationState.MISSING, "", ""
        if found := self.known.get((locale, place)):
            data, kind = found
            machine = kind == StringTranslation.TRANSLATION_TYPE_MACHINE
            state = TranslationState.MACHINE if machine else TranslationState.COMPLETE
        else:
            for before, text in self._before(place):
                if found := self.known.get((locale, before)):
                    state, earlier, data = TranslationState.STALE, text, found[0]
                    break
        return Line(
            translation_id=translation.pk,
            segment_id=segment.pk,
            context_id=segment.context_id,
            string_id=segment.string_id,
            path=segment.context.path,
            text=segment.string.data,
            state=state,
            earlier=earlier,
            translation=data,
        )

    def _before(self, place: Place) -> Iterator[tuple[Place, str]]:
        """Yield the earlier wordings, the latest first; one that came back ends it."""
        seen = {place}
        while (step := self.earlier.get(place)) and step[0] not in seen:
            yield step
            place = step[0]
            seen.add(place)


def lines(translations: Iterable[Any], *, reworded: bool = False) -> dict[int, list[Line]]:
    """Return the sentences of each translation by its key, in three queries for any number.

    Args:
        translations: in use, with their sources.
        reworded: leave out sentences that never changed: enough to find what is out of date.

    """
    chosen = list(translations)
    memory = Memory(chosen)
    segments = defaultdict(list)
    for segment in segments_of({each.source_id for each in chosen}, reworded=reworded):
        segments[segment.source_id].append(segment)
    return {each.pk: [memory.line(each, segment) for segment in segments[each.source_id]] for each in chosen}


def stale(translation: Any) -> list[Line]:
    """Return the sentences of a translation whose source has changed since."""
    found = lines([translation], reworded=True)[translation.pk]
    return [line for line in found if line.state == TranslationState.STALE]


def tallies(translations: Iterable[Any], *, reworded: bool = False) -> dict[int, Tally]:
    """Return the counts of each translation by its key, in three queries for any number."""
    result = {}
    for key, found in lines(translations, reworded=reworded).items():
        result[key] = Tally()
        for line in found:
            result[key].add(line)
    return result
