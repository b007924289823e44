"""The texts held against the models: unknown keys, missing fields, dead references, too many words."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import Page

from cms.accounts.models import Unit
from cms.demo.seed.blocks import Builder
from cms.demo.seed.calls import values_of as values_of_call
from cms.demo.seed.content import CONTENT, Content, ContentError, Item, Values, load
from cms.demo.seed.events import date_of, event_of
from cms.demo.seed.references import MODELS, Known
from cms.events.models import Venue
from cms.forms.models import Form
from cms.grants.models import Call


def checked(folder: Path = CONTENT) -> Content:
    """Return the content of a folder, every value of which its model would take.

    Raises:
        ContentError: with every mistake.

    """
    content = load(folder)
    known = Known(content)
    problems = [problem for item in content.items for problem in _problems(item, known)]
    problems += [problem for call in content.calls for problem in _problems_of_call(call, known)]
    problems += [problem for event in content.events for problem in _problems_of_event(event, known)]
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
    for room in ("cms_pages", "cms_grants", "cms_events"):
        model = apps.all_models[room].get(item.kind.lower())
        if model is not None and issubclass(model, Page):
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


def _problems_of_call(call: Values, known: Known) -> Iterator[str]:
    """Yield what the model of calls would not take."""
    try:
        known.named(Unit, call["unit"])
        known.named(Form, call["form"])
        Call(**values_of_call(call)).clean_fields(exclude=("unit", "form"))
    except (LookupError, TypeError, ValidationError) as error:
        yield f"calls.toml: {call.get('code')}: {error}"


def _problems_of_event(event: Values, known: Known) -> Iterator[str]:
    """Yield what the models of events and dates would not take."""
    rows = [*event.get("date", ()), *([event["recurrence"]] if "recurrence" in event else ())]
    try:
        known.named(Unit, event["unit"])
        known.named(Form, event["form"])
        event_of(event).clean_fields(exclude=("unit", "form"))
        for row in rows:
            if "venue" in row:
                known.snippet(Venue, row["venue"], settings.LANGUAGE_CODE)
            if "hub" in row:
                known.page(row["hub"])
        for row in event.get("date", ()):
            date_of(row).clean_fields(exclude=("event",))
    except (LookupError, TypeError, ValueError, ValidationError) as error:
        yield f"events.toml: {event.get('code')}: {error}"
