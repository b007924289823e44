"""Take a definition apart: what is asked on one side, what people read on the other.

Drafts are read as well, for previews: whatever is missing there is an empty text, not an error.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from wagtail.rich_text import RichText

from cms.forms.definition.conditions import Conditions
from cms.forms.definition.problems import Problem
from cms.forms.enums import Blind, Pii, QuestionRole
from cms.forms.models import FormDefinition
from cms.forms.questions.people import MOST_PEOPLE

SCHEMA = 1
"""Counts ways of writing a structure; what reads versions knows all of them."""

FORM_TEXTS = ("title", "intro", "privacy")
STEP_TEXTS = ("title", "short", "intro")
ITEM_TEXTS = {"number": ("label", "help", "unit"), "declaration": ("label", "text")}
INFORMATION = "information"
DEFAULT_LENGTH = 200

Json = Any


@dataclass(slots=True)
class Outline:
    """A definition in one language, taken apart.

    `texts` are by our paths; `paths` leads from wagtail-localize's path of a text to ours.
    """

    structure: dict[str, Json] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, path: str, value: Any, *, localize: str = "") -> None:
        """Put a text aside."""
        self.texts[path] = value.source if isinstance(value, RichText) else str(value or "")
        self.paths[localize or path] = path


def outline(definition: FormDefinition) -> Outline:
    """Return the structure and the texts of one row."""
    found = Outline()
    for name in FORM_TEXTS:
        found.put(name, getattr(definition, name))
    steps = [_step(found, place, child) for place, child in enumerate(definition.steps)]
    found.structure = {"schema": SCHEMA, "minutes": definition.minutes, "steps": steps}
    _decide(found, definition)
    return found


def _step(found: Outline, place: int, child: Any) -> dict[str, Json]:
    path = f"steps.{child.id or place}"
    for name in STEP_TEXTS:
        found.put(f"{path}.{name}", child.value[name])
    items = [
        _item(found, f"{path}.items.{item.id or number}", item)
        for number, item in enumerate(child.value["items"])
    ]
    return {"key": child.value["key"] or "", "path": path, "condition": None, "items": items}


def _item(found: Outline, path: str, child: Any) -> dict[str, Json]:
    kind, value = child.block_type, child.value
    texts = ("label", "text") if kind == INFORMATION else ITEM_TEXTS.get(kind, ("label", "help"))
    for name in texts:
        found.put(f"{path}.{name}", value[name])
    item = {"type": kind, "path": path, "condition": None}
    if kind == INFORMATION:
        return item
    care = value.get("care") or {}
    item |= {
        "key": value["key"] or "",
        "required": bool(value["required"]),
        "role": care.get("role") or QuestionRole.NONE.value,
        "pii": care.get("pii") or Pii.NONE.value,
        "blind": care.get("blind") or Blind.SHOW.value,
        "public": bool(care.get("public")),
        "export": care.get("export") or "",
    }
    if "choices" in value:
        item["choices"] = _choices(found, path, value["choices"])
    return item | LIMITS.get(kind, _none)(value)


def _choices(found: Outline, path: str, choices: Any) -> list[str]:
    codes = []
    for choice in choices.bound_blocks:
        code, theirs = choice.value["code"] or "", f"{path}.choices.{choice.id}"
        found.put(f"{path}.choice.{code}", choice.value["label"], localize=f"{theirs}.label")
        found.put(f"{path}.choice.{code}.help", choice.value["help"], localize=f"{theirs}.help")
        codes.append(code)
    return codes


def _decide(found: Outline, definition: FormDefinition) -> None:
    """Turn conditions into rules, in the order in which people meet the questions."""
    steps = found.structure["steps"]
    every = {item["key"]: item for step in steps for item in step["items"] if "key" in item}
    conditions = Conditions(every)
    for place, (step, child) in enumerate(zip(steps, definition.steps, strict=True)):
        here = ("steps", place)
        step["condition"] = conditions.tree(child.value["condition"], (*here, "condition"))
        for number, (item, block) in enumerate(zip(step["items"], child.value["items"], strict=True)):
            where = (*here, "items", number, "condition")
            item["condition"] = conditions.tree(block.value["condition"], where)
            if item.get("key"):
                conditions.earlier.setdefault(item["key"], item)
    found.problems = conditions.problems


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _none(_value: Any) -> dict[str, Json]:
    return {}


LIMITS: dict[str, Callable[[Any], dict[str, Json]]] = {
    "short_text": lambda value: {"max_characters": value["max_characters"] or DEFAULT_LENGTH},
    "long_text": lambda value: {"max_characters": value["max_characters"], "max_words": value["max_words"]},
    "number": lambda value: {
        "minimum": _text(value["minimum"]),
        "maximum": _text(value["maximum"]),
        "places": value["places"] or 0,
    },
    "money": lambda value: {
        "currency": value["currency"] or "EUR",
        "minimum": _text(value["minimum"]),
        "maximum": _text(value["maximum"]),
    },
    "date": lambda value: {"earliest": _iso(value["earliest"]), "latest": _iso(value["latest"])},
    "multiple_choice": lambda value: {"at_most": value["at_most"]},
    "people": lambda value: {"at_most": value["at_most"] or MOST_PEOPLE},
    "files": lambda value: {
        "types": list(value["types"] or ()),
        "count": value["count"] or 1,
        "size": value["size"] or 10,
    },
}
"""The limits of each type of question that has some."""
