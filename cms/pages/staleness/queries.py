"""What wagtail-localize's tables know, for many translations at a time."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.pages.models import Rewording


def with_source(translations: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Return the translations in use, with what they translate but without its frozen content."""
    chosen = Translation.objects.all() if translations is None else translations
    return (
        chosen.filter(enabled=True)
        .select_related("source__object", "source__locale", "target_locale")
        .defer("source__content_json")
    )


def segments_of(sources: Iterable[int], *, reworded: bool = False) -> QuerySet[Any]:
    """Return the sentences of these sources in their order; if asked, only those once reworded."""
    segments = StringSegment.objects.filter(source__in=sources).select_related("string", "context")
    if reworded:
        changes = Rewording.objects.filter(context=OuterRef("context"), later=OuterRef("string"))
        segments = segments.filter(Exists(changes))
    return segments.order_by("source", "order")


def rewordings_of(objects: Iterable[UUID]) -> QuerySet[Any]:
    """Return (place, later sentence, earlier sentence, its text) of these objects."""
    rows = Rewording.objects.filter(context__object__in=objects)
    return rows.values_list("context_id", "later_id", "earlier_id", "earlier__data")


def sentences_in(locales: Iterable[int], objects: Iterable[UUID]) -> QuerySet[Any]:
    """Return every translated sentence of these objects, also of wordings long gone, if sound."""
    return StringTranslation.objects.filter(
        locale__in=locales, context__object__in=objects, has_error=False
    ).values_list("locale_id", "context_id", "translation_of_id", "data", "translation_type")


def reworded_sources() -> QuerySet[Any]:
    """Return the keys of all sources with a sentence that was reworded."""
    changes = Rewording.objects.filter(context=OuterRef("context"), later=OuterRef("string"))
    return StringSegment.objects.filter(Exists(changes)).values("source")


def source_and_targets(source: TranslationSource) -> tuple[Any, list[Any]]:
    """Return what a source is the text of, and its translations in use; None stands for what is gone."""
    model = source.specific_content_type.model_class()
    if model is None:
        return None, []
    rows = {row.locale_id: row for row in model.objects.filter(translation_key=source.object_id)}
    locales = source.translations.filter(enabled=True).values_list("target_locale_id", flat=True)
    return rows.get(source.locale_id), [rows.get(locale) for locale in locales]


def translation_into(instance: Any) -> Translation | None:
    """Return the translation in use that a page or snippet is made by; None for a source."""
    found = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale=instance.locale_id, enabled=True
    )
    return found.first()
