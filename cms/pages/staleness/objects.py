"""Pages and snippets with all their translations, as far as somebody may change them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from cms.accounts.policy import Person
from cms.pages.enums import TranslationState
from cms.pages.policy import editable, may_change_some, translatable_kinds
from cms.pages.staleness.lines import Tally, tallies
from cms.pages.staleness.queries import reworded_sources, with_source


@dataclass(frozen=True, slots=True)
class Instance:
    """A page or snippet in one language."""

    pk: Any
    title: str
    model: type[Model]
    editable: bool


@dataclass(slots=True)
class Thing:
    """A page or snippet with all its translations, by the key of their language."""

    key: UUID
    instances: dict[int, Instance] = field(default_factory=dict)
    source_locale: int = 0
    changed: datetime | None = None

    @property
    def source(self) -> Instance:
        """What the others are translated from."""
        return self.instances[self.source_locale]


@dataclass(frozen=True, slots=True)
class Cell:
    """A thing in one language; without a state it is the source, or out of reach."""

    state: TranslationState | None = None
    tally: Tally | None = None
    translation_id: int | None = None
    instance: Instance | None = None

    def shows(self, state: str) -> bool:
        """Tell whether this state is to be found here."""
        if self.tally is None or state == TranslationState.COMPLETE:
            return self.state == state
        return bool(self.tally.sentences[state])


@dataclass(frozen=True, slots=True)
class Overdue:
    """A translation that somebody may change and in which sentences are out of date."""

    translation: Any
    target_pk: Any
    count: int


def things_of(user: Person) -> list[Thing]:
    """Return what `user` may change in at least one language, what changed last first.

    The number of questions depends on the kinds of snippets, not on how many things there are.
    """
    things: dict[UUID, Thing] = {}
    for model in translatable_kinds():
        if may_change_some(user, model):
            found = _pages(user) if model is Page else _snippets(user, model)
            for key, locale, instance in found:
                things.setdefault(key, Thing(key)).instances[locale] = instance
    chosen = [thing for thing in things.values() if any(each.editable for each in thing.instances.values())]
    _find_sources(chosen)
    return sorted(chosen, key=_last_change, reverse=True)


def kind_of(instance: Instance) -> str:
    """Return the code of what something is, as "cms_pages.newspage"."""
    return str(instance.model._meta.label_lower)


def kinds(things: Iterable[Thing]) -> list[tuple[str, str]]:
    """Return (code, name) of the kinds of these things, by name."""
    models = {thing.source.model for thing in things}
    named = ((str(model._meta.label_lower), str(model._meta.verbose_name)) for model in models)
    return sorted(named, key=lambda pair: pair[1])


def _pages(user: Person) -> Iterable[tuple[UUID, int, Instance]]:
    mine = set(editable(user, Page).values_list("pk", flat=True))
    rows = Page.objects.filter(depth__gt=1, alias_of=None).order_by("path")
    columns = ("pk", "translation_key", "locale_id", "draft_title", "content_type_id")
    for pk, key, locale, title, content_type in rows.values_list(*columns):
        model = ContentType.objects.get_for_id(content_type).model_class() or Page
        yield key, locale, Instance(pk, title, model, pk in mine)


def _snippets(user: Person, model: Any) -> Iterable[tuple[UUID, int, Instance]]:
    mine = set(editable(user, model).values_list("pk", flat=True))
    for each in model.objects.order_by("pk"):
        yield each.translation_key, each.locale_id, Instance(each.pk, str(each), model, each.pk in mine)


def _find_sources(things: Iterable[Thing]) -> None:
    """Say of each thing what it is translated from: if wagtail-localize does not know, the oldest."""
    known = defaultdict(list)
    rows = TranslationSource.objects.order_by("-pk").values_list("object_id", "locale_id", "last_updated_at")
    for key, locale, changed in rows:
        known[key].append((locale, changed))
    for thing in things:
        thing.source_locale = min(thing.instances, key=lambda locale: thing.instances[locale].pk)
        for locale, changed in known[thing.key]:
            if locale in thing.instances:
                thing.source_locale, thing.changed = locale, changed


def _last_change(thing: Thing) -> tuple[bool, float, str]:
    moment = thing.changed.timestamp() if thing.changed else 0.0
    return thing.changed is not None, moment, str(thing.source.pk)


def cells_of(things: Iterable[Thing], locales: Sequence[Locale]) -> list[tuple[Thing, list[Cell]]]:
    """Return each thing with how it stands in these languages, in four questions for any number."""
    chosen = list(things)
    keys = [thing.key for thing in chosen]
    translations = {
        (each.source.object_id, each.target_locale_id): each
        for each in with_source().filter(source__object__in=keys, target_locale__in=locales)
    }
    counts = tallies(translations.values())
    return [
        (
            thing,
            [_cell(thing, locale.pk, translations.get((thing.key, locale.pk)), counts) for locale in locales],
        )
        for thing in chosen
    ]


def _cell(thing: Thing, locale: int, translation: Any, counts: dict[int, Tally]) -> Cell:
    instance = thing.instances.get(locale)
    if locale == thing.source_locale or (instance and not instance.editable):
        return Cell(instance=instance)
    if instance is None:
        return Cell(TranslationState.ABSENT)
    if translation is None:
        return Cell(TranslationState.APART, instance=instance)
    tally = counts[translation.pk]
    return Cell(tally.state, tally, translation.pk, instance)


def within_reach(user: Person, translations: Iterable[Any]) -> dict[int, Any]:
    """Return the key of the translated page or snippet by translation, where `user` may change it."""
    wanted: dict[type[Model], dict[tuple[UUID, int], int]] = defaultdict(dict)
    for each in translations:
        model = ContentType.objects.get_for_id(each.source.object.content_type_id).model_class()
        if model is not None:
            wanted[model][each.source.object_id, each.target_locale_id] = each.pk
    reached: dict[int, Any] = {}
    for model, places in wanted.items():
        if may_change_some(user, model):
            rows = editable(user, model).filter(translation_key__in={key for key, _locale in places})
            for pk, key, locale in rows.values_list("pk", "translation_key", "locale_id"):
                if translation := places.get((key, locale)):
                    reached[translation] = pk
    return reached


def translation_for(user: Person, key: int) -> tuple[Any, Any] | None:
    """Return a translation in use and the key of its page or snippet, if `user` may change that."""
    translation = with_source().filter(pk=key).select_related("source__specific_content_type").first()
    if translation is None:
        return None
    reached = within_reach(user, [translation])
    return (translation, reached[key]) if key in reached else None


def overdue(user: Person, around: Any = None) -> list[Overdue]:
    """Return translations with sentences out of date that `user` may change, the worst first.

    Args:
        user: who asks.
        around: a page or snippet, to see its own translation and those made from it.

    """
    translations = with_source().filter(source__in=reworded_sources())
    if around is not None:
        translations = translations.filter(source__object=around.translation_key)
        own = translations.filter(target_locale=around.locale_id)
        translations = own | translations.filter(source__locale=around.locale_id)
    chosen = list(translations)
    counts = {
        key: tally.sentences[TranslationState.STALE] for key, tally in tallies(chosen, reworded=True).items()
    }
    late = [each for each in chosen if counts[each.pk]]
    reached = within_reach(user, late)
    found = [Overdue(each, reached[each.pk], counts[each.pk]) for each in late if each.pk in reached]
    return sorted(found, key=lambda each: -each.count)
