"""From plain lists and tables to what models and StreamFields keep.

Blocks of every depth get ids made of their place: the same in each language, as translations need
it, and the same whenever the demonstration is seeded.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.timezone import make_aware
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.accounts.models import Unit
from cms.core import clock
from cms.core.partial import PartialDateField
from cms.events.models import Event
from cms.forms.models import Form
from cms.grants.models import Call
from cms.pages.models import Picture

RENAMED = {"spoken": "languages"}
"""Names in the texts that the structure needs for something else → field."""

FROM_WAGTAIL = {"title", "seo_title", "search_description"}
"""Fields of Wagtail's own page that texts may fill."""

NAMED = (Unit, Form, Call, Event)
"""What has a code of its own, the same in every language."""

DAYS = re.compile(r"[+-]\d+d")
LINK = re.compile(r'href="\{page:([a-z0-9-]+)\}"')
TAG = re.compile(r"</?(\w+)")
TAGS = {"bold": {"b"}, "ul": {"ul", "li"}, "ol": {"ol", "li"}, "link": {"a"}, "h3": {"h3"}}
"""What editors may do in a text → the elements it is kept as; paragraphs are always allowed."""


class References(Protocol):
    """Where names in the texts lead; each method raises LookupError for a name that nobody has."""

    def snippet(self, model: type[models.Model], code: str, language: str) -> Any:
        """Return the key of a snippet in a language."""

    def page(self, slug: str) -> Any:
        """Return the key of a page in the language of the source."""

    def named(self, model: type[models.Model], code: str) -> Any:
        """Return the key of a unit, a form or a call."""

    def picture(self, name: str) -> Any:
        """Return the key of a picture."""


@dataclass
class Builder:
    """Values of one item in one language; mistakes are gathered in `problems` as (key, what)."""

    name: str
    language: str
    references: References
    problems: list[tuple[str, str]] = field(default_factory=list)

    # --- Fields ---------------------------------------------------------------------------

    def fields(self, model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
        """Return attribute → value of everything but StreamFields."""
        found: dict[str, Any] = {}
        for name, value in values.items():
            column = self._field(model, name)
            if column is not None and not isinstance(column, StreamField):
                found[column.attname] = self._value(column, value, name)
        for column in model._meta.get_fields():
            if _must_be_told(column) and column.name not in {RENAMED.get(name, name) for name in values}:
                self.problems.append((column.name, "missing"))
        return found

    def streams(self, model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
        """Return name → raw blocks of each StreamField that has some, as the database keeps them."""
        found = {
            name: self._blocks(column.stream_block, value, name)
            for name, value in values.items()
            if isinstance(column := self._field(model, name, quiet=True), StreamField)
        }
        plain: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
        return plain

    def _field(self, model: type[models.Model], name: str, *, quiet: bool = False) -> Any:
        try:
            column = model._meta.get_field(RENAMED.get(name, name))
        except FieldDoesNotExist:
            column = None
        if column is not None and name not in RENAMED.values() and _is_open(column):
            return column
        if not quiet:
            self.problems.append((name, f"unknown to {model.__name__}"))
        return None

    def _value(self, column: Any, value: Any, path: str) -> Any:
        if isinstance(column, models.ManyToManyField):
            source = settings.LANGUAGE_CODE  # Shared lists are synchronised: rows of the source.
            return [self._snippet(column.related_model, code, f"{path}.{code}", source) for code in value]
        if isinstance(column, models.ForeignKey):
            return self._reference(column.related_model, value, path)
        try:
            if isinstance(column, RichTextField):
                value = self._rich(value, column.features, path)
            elif isinstance(column, models.DateTimeField):
                value = make_aware(datetime.combine(_day(value), time()))
            elif isinstance(column, models.DateField | PartialDateField):
                value = _day(value) if DAYS.fullmatch(str(value)) else value
            return column.clean(value, None)
        except ValidationError as error:
            self.problems += [(path, message) for message in error.messages]
        except ValueError as error:
            self.problems.append((path, str(error)))
        return None

    # --- Blocks ---------------------------------------------------------------------------

    def _blocks(self, stream: Any, items: Any, path: str) -> list[dict[str, Any]]:
        """Return the raw blocks of a list of one-key tables, kind → value."""
        raw = []
        for place, item in enumerate(items if isinstance(items, list) else [items]):
            kind = next(iter(item)) if isinstance(item, dict) and len(item) == 1 else None
            if kind not in stream.child_blocks:
                self.problems.append((f"{path}.{place}", f"no block: {kind or 'one table, one kind'}"))
                continue
            where = f"{path}.{place}.{kind}"
            value = self._block(stream.child_blocks[kind], item[kind], where)
            raw.append({"type": kind, "value": value, "id": self._id(where)})
        return raw

    def _block(self, block: Any, value: Any, path: str) -> Any:
        built: dict[Any, Any] = {
            blocks.StructBlock: self._struct,
            blocks.StreamBlock: self._blocks,
            blocks.ListBlock: self._list,
        }
        for kind, build in built.items():
            if isinstance(block, kind):
                return build(block, value, path)
        if isinstance(block, SnippetChooserBlock):
            return self._reference(block.target_model, value, path)
        if isinstance(block, blocks.PageChooserBlock):
            return self._reference(Page, value, path)
        if isinstance(block, blocks.ChooserBlock):
            self.problems.append((path, f"{type(block).__name__} is not seeded"))
            return None
        return self._leaf(block, value, path)

    def _list(self, block: Any, value: Any, path: str) -> list[dict[str, Any]]:
        return [
            {
                "type": "item",
                "value": self._block(block.child_block, item, f"{path}.{place}"),
                "id": self._id(f"{path}.{place}"),
            }
            for place, item in enumerate(value)
        ]

    def _struct(self, block: Any, value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.problems.append((path, "a table is expected"))
            return {}
        unknown = [name for name in value if name not in block.child_blocks]
        self.problems += [(f"{path}.{name}", "unknown to the block") for name in unknown]
        raw = {}
        for name, child in block.child_blocks.items():
            if name in value:
                raw[name] = self._block(child, value[name], f"{path}.{name}")
            else:
                raw[name] = self._absent(child, f"{path}.{name}")
        return raw

    def _absent(self, block: Any, path: str) -> Any:
        """Return what an editor's form makes of a part that was left as it is."""
        default = block.get_default()
        if default is None and isinstance(block, blocks.FieldBlock):
            if block.required:
                self.problems.append((path, "missing"))
                return None
            default = block.value_from_form(block.field.clean(None))
        return block.get_prep_value(default)

    def _leaf(self, block: Any, value: Any, path: str) -> Any:
        if isinstance(value, str) and DAYS.fullmatch(value):
            value = _day(value).isoformat()
        if isinstance(block, blocks.RichTextBlock):
            value = self._rich(value, block.features, path)
        try:
            return block.get_prep_value(block.clean(block.to_python(value)))
        except ValidationError as error:
            self.problems += [(path, message) for message in error.messages]
        except (TypeError, ValueError, ArithmeticError) as error:
            self.problems.append((path, str(error)))
        return None

    def _id(self, path: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"demo/{self.name}/{path}"))

    # --- References -----------------------------------------------------------------------

    def _reference(self, model: Any, name: str, path: str) -> Any:
        if issubclass(model, TranslatableMixin) and not issubclass(model, Page):
            return self._snippet(model, name, path, self.language)
        if model in NAMED:
            return self._found(lambda: self.references.named(model, name), path)
        find = self.references.picture if model is Picture else self.references.page
        return self._found(lambda: find(name), path)

    def _snippet(self, model: Any, code: str, path: str, language: str) -> Any:
        return self._found(lambda: self.references.snippet(model, code, language), path)

    def _found(self, find: Any, path: str) -> Any:
        try:
            return find()
        except LookupError as error:
            self.problems.append((path, str(error.args[0])))
        return None

    def _rich(self, html: str, features: list[str], path: str) -> str:
        allowed = {"p", "br"}.union(*(TAGS.get(feature, set()) for feature in features))
        if strange := set(TAG.findall(html)) - allowed:
            self.problems.append((path, f"<{'>, <'.join(sorted(strange))}> is not allowed here"))
        linked = LINK.sub(lambda link: self._link(link[1], path), html)
        if "{" in linked:
            self.problems.append((path, 'a link to a page is written href="{page:slug}"'))
        return linked

    def _link(self, slug: str, path: str) -> str:
        return f'id="{self._found(lambda: self.references.page(slug), path)}" linktype="page"'


def _day(value: Any) -> date:
    """Return the day of "±Nd", counted from today, or of an ISO date."""
    if DAYS.fullmatch(str(value)):
        return clock.today() + timedelta(days=int(value[:-1]))
    return date.fromisoformat(value)


def _is_open(column: Any) -> bool:
    """Tell whether texts may fill a field: an editable one of ours, or one of a few of Wagtail's."""
    ours = column.model.__module__.startswith("cms.") or column.name in FROM_WAGTAIL
    return bool(column.concrete and column.editable and ours and not column.primary_key)


def _must_be_told(column: Any) -> bool:
    """Tell whether a field has to have a value that nothing but the texts can give."""
    return _is_open(column) and not (
        column.blank or column.has_default() or column.name in {"slug", "locale"}
    )
