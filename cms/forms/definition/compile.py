"""Compile a definition: the structure of its source row with the texts of every language.

The rows of translations are not asked. Until somebody updates them they keep the old structure,
and the old sentence where the source has changed: "at most 10 pages" under a question that takes
five. wagtail-localize puts today's source and what is translated of it together.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from cms.forms.definition.outline import Outline, outline
from cms.forms.definition.problems import Problem
from cms.forms.models import Form, FormDefinition

Texts = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What a version is made of."""

    structure: dict[str, Any]
    texts: Texts
    missing: dict[str, list[str]]
    problems: list[Problem]
    language: str
    """That of the source."""

    @property
    def structure_sha256(self) -> str:
        """Return what changes when something else is asked."""
        return _sha256(self.structure["steps"])

    @property
    def texts_sha256(self) -> str:
        """Return what changes when words do, in any language, or the minutes that people read."""
        return _sha256([self.structure["minutes"], self.texts])


def source_row(form: Form) -> FormDefinition | None:
    """Return the definition that the others are translated from; if nobody knows, the oldest."""
    rows = {row.locale_id: row for row in form.definitions.select_related("locale").order_by("-pk")}
    keys = {row.translation_key for row in rows.values()}
    known = TranslationSource.objects.filter(object__in=keys, locale__in=rows).order_by("pk")
    locale = known.values_list("locale_id", flat=True).first()
    return rows[locale] if locale else next(reversed(rows.values()), None)


def compiled(source: FormDefinition) -> Compiled:
    """Return the version that a source row makes with all its live translations."""
    own = outline(source)
    language = source.locale.language_code
    texts, missing = {language: own.texts}, {}
    for code, (theirs, untranslated) in _others(source, own).items():
        texts[code] = {path: theirs.texts.get(path) or text for path, text in own.texts.items()}
        missing[code] = [path for path, text in own.texts.items() if text and path in untranslated]
    return Compiled(
        structure=own.structure, texts=texts, missing=missing, problems=own.problems, language=language
    )


def alone(definition: FormDefinition) -> Compiled:
    """Return what one row makes by itself, as a draft in the editor: nothing is written."""
    own = outline(definition)
    language = definition.locale.language_code
    return Compiled(
        structure=own.structure,
        texts={language: own.texts},
        missing={},
        problems=own.problems,
        language=language,
    )


def _others(source: FormDefinition, own: Outline) -> dict[str, tuple[Outline, set[str]]]:
    """Return language → (texts, paths that are not translated) of every live row beside the source."""
    rows = FormDefinition.objects.filter(translation_key=source.translation_key, live=True)
    by_locale = {row.locale_id: row for row in rows.exclude(pk=source.pk).select_related("locale")}
    theirs: dict[str, tuple[Outline, set[str]]] = {}
    for translation in _translations(source) if by_locale else ():
        if by_locale.pop(translation.target_locale_id, None):
            locale = translation.target_locale
            shown = translation.source.get_ephemeral_translated_instance(locale, fallback=True)
            theirs[locale.language_code] = (outline(shown), _untranslated(translation.source, locale, own))
    for row in by_locale.values():  # Written by hand, since somebody stopped the translation.
        written = outline(row)
        gaps = {path for path in own.texts if not written.texts.get(path)}
        theirs[row.locale.language_code] = (written, gaps)
    return theirs


def _translations(source: FormDefinition) -> list[Any]:
    """Return the translations in use, after wagtail-localize has read the source again."""
    known = TranslationSource.objects.filter(object=source.translation_key, locale=source.locale_id)
    if not known.exists():
        return []
    today, _created = TranslationSource.update_or_create_from_instance(source)
    in_use = Translation.objects.filter(source=today, enabled=True)
    return list(in_use.select_related("source", "target_locale").order_by("pk"))


def _untranslated(source: TranslationSource, locale: Locale, own: Outline) -> set[str]:
    """Return our paths of the texts that have a sentence without a sound translation."""
    gaps = StringSegment.objects.filter(source=source).annotate_translation(locale)
    paths = gaps.filter(translation=None).values_list("context__path", flat=True)
    return {own.paths[path] for path in paths if path in own.paths}


def _sha256(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
