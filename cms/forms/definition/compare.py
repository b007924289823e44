"""What is different between two structures: what drafts that are being filled in do not see."""

from dataclasses import dataclass
from typing import Any

Structure = dict[str, Any]

UNSEEN = frozenset({"path"})
"""Changes with an import, and nobody notices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The keys of questions that came, went, or are asked in another way."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: bool = False
    """Questions stand in another order or on other steps, or steps are shown to others."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.moved)


def compare(old: Structure, new: Structure) -> Difference:
    """Return what changed in what is asked; words are no part of a structure."""
    before, after = _questions(old), _questions(new)
    kept = [key for key in after if key in before]
    return Difference(
        added=tuple(key for key in after if key not in before),
        removed=tuple(key for key in before if key not in after),
        changed=tuple(key for key in kept if _seen(before[key]) != _seen(after[key])),
        moved=_order(old, kept) != _order(new, kept),
    )


def _questions(structure: Structure) -> dict[str, dict[str, Any]]:
    return {item["key"]: item for step in structure["steps"] for item in step["items"] if "key" in item}


def _seen(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in UNSEEN}


def _order(structure: Structure, kept: list[str]) -> list[Any]:
    """Return the steps with their conditions and the questions that both structures have."""
    return [
        (step["key"], step["condition"], [item["key"] for item in step["items"] if item.get("key") in kept])
        for step in structure["steps"]
    ]
