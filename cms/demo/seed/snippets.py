"""Snippets and shared lists, a row a language."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from wagtail.models import DraftStateMixin, Locale

from cms.demo.seed.blocks import Builder
from cms.demo.seed.check import model_of, values_of
from cms.demo.seed.content import Item
from cms.demo.seed.references import Stored
from cms.demo.seed.translations import Ledger

Rows = dict[UUID, dict[str, models.Model]]


def seed_snippets(items: list[Item], stored: Stored, ledger: Ledger) -> None:
    """Add the rows that are missing; what somebody changed stays."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    rows: dict[type[models.Model], Rows] = {}
    for item in items:
        model: Any = model_of(item)
        if model not in rows:
            rows[model] = _rows(model)
        there = rows[model][item.translation_key]
        made = {}
        for language in item.languages:
            if language not in there:
                made[language] = _made(item, locales[language], stored)
        for language, row in zip(made, model.objects.bulk_create(made.values()), strict=True):
            there[language] = row
        for language, row in there.items():
            stored.keep(row.pk, model, item.code, language)
        if made:
            translations = {code: row for code, row in made.items() if code != settings.LANGUAGE_CODE}
            ledger.add(there[settings.LANGUAGE_CODE], translations)


def _rows(model: Any) -> Rows:
    rows: Rows = defaultdict(dict)
    for row in model.objects.select_related("locale"):
        rows[row.translation_key][row.locale.language_code] = row
    return rows


def _made(item: Item, locale: Locale, stored: Stored) -> models.Model:
    """Return a row that is not saved yet."""
    model = model_of(item)
    builder = Builder(item.key, locale.language_code, stored)
    values = values_of(item, locale.language_code)
    attributes = builder.fields(model, values) | builder.streams(model, values)
    if issubclass(model, DraftStateMixin):
        attributes["live"] = False
    return model(locale=locale, translation_key=item.translation_key, **attributes)
