"""The texts held against the models: unknown keys, missing fields, dead references, too many words."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models
from wagtail.models import Page

from cms.demo.seed.blocks import Builder
from cms.demo.seed.content import CONTENT, Content, ContentError, Item, load
from cms.demo.seed.references import MODELS, Known


def checked(folder: Path = CONTENT) -> Content:
    """Return the content of a folder, every value of which its model would take.

    Raises:
        ContentError: with every mistake.

    """
    content = load(folder)
    known = Known(content)
    problems = [problem for item in content.items for problem in _problems(item, known)]
    if problems:
        raise ContentError(problems)
    return content


def model_of(item: Item) -> type[models.Model]:
    """Return the model of a page or snippet.

    Raises:
        LookupError: there is no page type of this name.

    """
    if not item.is_page:
        return MODELS[item.kind]
    model: type[models.Model] = apps.get_model("cms_pages", item.kind)
    if issubclass(model, Page):
        return model
    raise LookupError(f"{item.kind} is no page type")


def values_of(item: Item, language: str) -> dict[str, object]:
    """Return the merged values of an item, the slug of a shared list among them."""
    values = item.values(language)
    return {"slug": item.code, **values} if item.kind in {"topic", "audience", "place"} else values


def _problems(item: Item, known: Known) -> Iterator[str]:
    try:
        model = model_of(item)
    except LookupError as error:
        yield f"{item.place(path='type')}: {error}"
        return
    for language in item.languages:
        builder = Builder(item.key, language, known)
        values = values_of(item, language)
        builder.fields(model, values)
        builder.streams(model, values)
        for path, what in builder.problems:
            yield f"{item.place(language, path)}: {what}"
