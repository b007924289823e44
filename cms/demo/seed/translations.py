"""Texts that were written in several languages, handed to wagtail-localize as its own translations.

wagtail-localize asks the database several times for each sentence, which takes minutes for a whole
site. Here everything is gathered first and written in a dozen statements; a test holds the result
against what wagtail-localize itself makes of the same pages.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from cms.core import clock

PathKey = tuple[UUID, str]


@dataclass(slots=True)
class Entry:
    """One object in the language of the source, and its new translations."""

    source: Any
    translations: dict[str, Any]
    segments: list[Any] = field(default_factory=list)

    @property
    def key(self) -> UUID:
        """Return what source and translations have in common."""
        key: UUID = self.source.translation_key
        return key


class Ledger:
    """What is to be written into wagtail-localize's tables; `write` adds only what is missing."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, source: Any, translations: dict[str, Any]) -> None:
        """Note an object and its new translations, by language; they are saved already."""
        self.entries.append(Entry(source, translations))

    def write(self) -> None:
        """Write sources, segments and translations of everything noted."""
        if not self.entries:
            return
        for entry in self.entries:
            entry.segments = extract_segments(entry.source)
        _write_objects(self.entries)
        fresh = _write_sources(self.entries)
        contexts = _write_contexts(self.entries)
        strings = _write_strings(self.entries)
        sources = _sources(self.entries)
        _write_segments([entry for entry in self.entries if entry.key in fresh], sources, contexts, strings)
        _write_translations(self.entries, sources)
        _write_sentences(self.entries, contexts, strings)
        self.entries = []


def translate(source: Any, translations: dict[str, Any]) -> None:
    """Pair the sentences of a source that was taken over anew with those of its translations."""
    entries = [Entry(source, translations, extract_segments(source))]
    _write_sentences(entries, _write_contexts(entries), _write_strings(entries))


# --- Sources ----------------------------------------------------------------------------------


def _write_objects(entries: list[Entry]) -> None:
    rows = {
        entry.key: TranslatableObject(
            translation_key=entry.key, content_type=_content_type(entry.source.get_translation_model())
        )
        for entry in entries
    }
    TranslatableObject.objects.bulk_create(rows.values(), ignore_conflicts=True)


def _write_sources(entries: list[Entry]) -> set[UUID]:
    """Write the sources that are missing; return the keys of their objects."""
    known = set(_sources(entries))
    rows = [
        TranslationSource(
            object_id=entry.key,
            locale=entry.source.locale,
            specific_content_type=_content_type(type(entry.source)),
            object_repr=str(entry.source)[:200],
            content_json=_content(entry.source),
            schema_version=get_schema_version(entry.source._meta.app_label),
            last_updated_at=clock.now(),
        )
        for entry in entries
        if entry.key not in known
    ]
    TranslationSource.objects.bulk_create(rows)
    return {row.object_id for row in rows}


def _sources(entries: list[Entry]) -> dict[UUID, int]:
    """Return key of an object → its source in the language of the entries."""
    locales = {entry.source.locale_id for entry in entries}
    found = TranslationSource.objects.filter(
        object_id__in=[entry.key for entry in entries], locale__in=locales
    )
    return dict(found.values_list("object_id", "pk"))


def _content(instance: Any) -> str:
    if isinstance(instance, ClusterableModel):
        return str(instance.to_json())
    return json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)


def _content_type(model: type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


# --- Segments ---------------------------------------------------------------------------------


def _write_contexts(entries: list[Entry]) -> dict[PathKey, int]:
    """Write the places of all segments; return object and path → its key."""
    rows = {}
    for entry in entries:
        kinds = dict(_kinds(entry.source))
        for segment in entry.segments:
            rows[entry.key, segment.path] = TranslationContext(
                object_id=entry.key,
                path=segment.path,
                path_id=TranslationContext._get_path_id(segment.path),  # noqa: SLF001 - made as by its own save
                field_path=".".join(kinds.get(part, part) for part in _parts(segment.path)),
            )
    TranslationContext.objects.bulk_create(rows.values(), ignore_conflicts=True)
    found = TranslationContext.objects.filter(object_id__in=[entry.key for entry in entries])
    return {(key, path): pk for pk, key, path in found.values_list("pk", "object_id", "path")}


def _parts(path: str) -> list[str]:
    """Return the steps of a path; an address of a link, which stands in quotes, is no step."""
    return path.partition(".'")[0].split(".")


def _kinds(instance: Any) -> Iterator[tuple[str, str]]:
    """Yield (id, kind) of the blocks of every depth."""
    for column in instance._meta.get_fields():
        if isinstance(column, StreamField):
            yield from _kinds_in(list(column.get_prep_value(column.value_from_object(instance))))


def _kinds_in(raw: Any) -> Iterator[tuple[str, str]]:
    if isinstance(raw, dict):
        if "id" in raw and "type" in raw:
            yield raw["id"], raw["type"]
        raw = list(raw.values())
    if isinstance(raw, list):
        for part in raw:
            yield from _kinds_in(part)


def _write_strings(entries: list[Entry]) -> dict[UUID, int]:
    """Write all sentences of the sources; return hash → key."""
    rows = {}
    locales = set()
    for entry in entries:
        locales.add(entry.source.locale_id)
        for segment in _sentences(entry.segments):
            key = _hash(segment)
            rows[key] = String(locale=entry.source.locale, data=segment.string.data, data_hash=key)
    String.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return dict(String.objects.filter(locale__in=locales).values_list("data_hash", "pk"))


def _sentences(segments: Iterable[Any]) -> list[StringSegmentValue]:
    return [segment for segment in segments if isinstance(segment, StringSegmentValue)]


def _hash(segment: StringSegmentValue) -> UUID:
    key: UUID = String._get_data_hash(segment.string.data)  # noqa: SLF001 - as wagtail-localize makes it
    return key


def _write_segments(
    entries: list[Entry], sources: dict[UUID, int], contexts: dict[PathKey, int], strings: dict[UUID, int]
) -> None:
    """Write which sentences, forms, links and related objects each new source has, in their order."""
    templates = _write_templates(entries)
    rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for entry in entries:
        for segment in entry.segments:
            place = {
                "source_id": sources[entry.key],
                "context_id": contexts[entry.key, segment.path],
                "order": segment.order,
            }
            if isinstance(segment, StringSegmentValue):
                attrs = json.dumps(segment.attrs, cls=DjangoJSONEncoder)
                rows[StringSegment].append(
                    StringSegment(string_id=strings[_hash(segment)], attrs=attrs, **place)
                )
            elif isinstance(segment, TemplateSegmentValue):
                rows[TemplateSegment].append(
                    TemplateSegment(template_id=templates[_template_key(segment)], **place)
                )
            elif isinstance(segment, RelatedObjectSegmentValue):
                rows[RelatedObjectSegment].append(
                    RelatedObjectSegment(object_id=segment.translation_key, **place)
                )
            elif isinstance(segment, OverridableSegmentValue):
                data = json.dumps(segment.data, cls=DjangoJSONEncoder)
                rows[OverridableSegment].append(OverridableSegment(data_json=data, **place))
    for model, found in rows.items():
        model._default_manager.bulk_create(found)  # noqa: SLF001 - every model has it


def _write_templates(entries: list[Entry]) -> dict[UUID, int]:
    segments = [
        segment
        for entry in entries
        for segment in entry.segments
        if isinstance(segment, TemplateSegmentValue)
    ]
    rows = {
        _template_key(segment): Template(
            uuid=_template_key(segment),
            template=segment.template,
            template_format=segment.format,
            string_count=segment.string_count,
        )
        for segment in segments
    }
    Template.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return dict(Template.objects.filter(uuid__in=rows).values_list("uuid", "pk"))


def _template_key(segment: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, segment.format), segment.template)


# --- Translations -----------------------------------------------------------------------------


def _write_translations(entries: list[Entry], sources: dict[UUID, int]) -> None:
    """Note which objects are translated, and when that was done."""
    moment = clock.now()
    done = [(sources[entry.key], instance) for entry in entries for instance in entry.translations.values()]
    Translation.objects.bulk_create(
        (
            Translation(
                source_id=source,
                target_locale=instance.locale,
                translations_last_updated_at=moment,
                destination_last_updated_at=moment,
            )
            for source, instance in done
        ),
        ignore_conflicts=True,
    )
    TranslationLog.objects.bulk_create(
        TranslationLog(
            source_id=source,
            locale=instance.locale,
            revision_id=getattr(instance, "latest_revision_id", None),
        )
        for source, instance in done
    )


def _write_sentences(entries: list[Entry], contexts: dict[PathKey, int], strings: dict[UUID, int]) -> None:
    """Write the translated sentences: those at the same place belong together, in their order.

    Where somebody has changed how the source is built, nothing is paired by guessing.
    """
    StringTranslation.objects.bulk_create(
        (
            StringTranslation(
                translation_of_id=strings[_hash(ours)],
                locale=instance.locale,
                context_id=contexts[entry.key, ours.path],
                data=theirs.string.data,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for entry in entries
            for instance in entry.translations.values()
            for ours, theirs in _pairs(entry.segments, extract_segments(instance))
        ),
        ignore_conflicts=True,
    )


def _pairs(source: list[Any], translation: list[Any]) -> Iterator[tuple[Any, Any]]:
    ours, theirs = _by_path(source), _by_path(translation)
    for path, sentences in ours.items():
        if len(sentences) == len(theirs[path]):
            yield from zip(sentences, theirs[path], strict=True)


def _by_path(segments: list[Any]) -> dict[str, list[StringSegmentValue]]:
    found: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in _sentences(segments):
        found[segment.path].append(segment)
    return found
