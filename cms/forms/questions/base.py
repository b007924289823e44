"""What every question has and does."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypeAlias

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from cms.core.formats.bidi import told_in
from cms.forms.enums import Blind, Pii
from cms.forms.rules import Comparable, Tree, parse

Json: TypeAlias = str | bool | int | list[Any] | dict[str, Any]
"""An answer as it is kept: exact, so decimals and days are text."""

Cell: TypeAlias = str | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file that somebody handed in."""

    token: str
    name: str
    size: int
    type: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer for people: plain text, escaped by the template."""

    text: str
    direction: Literal["", "ltr", "auto"] = ""
    files: tuple[FileInfo, ...] = ()
    language: str = ""
    """Of words of the form; empty is the language in use, or whatever the person wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a question needs to know beyond itself."""

    today: date
    region: str = "GE"
    """The country whose telephone numbers need no country code."""
    organisations: tuple[tuple[str, str], ...] = ()
    """Key and name of those that the person may choose."""
    files: Mapping[str, Sequence[FileInfo]] = field(default_factory=dict)
    """By key of the question."""
    limits: Mapping[str, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)
    """Least and most by role, for example of the amount requested; they narrow the question's own."""


class Question(ABC):
    """One item of a form, as a version keeps it, with its texts in one language."""

    type: ClassVar[str]
    language: str = ""
    """Of the texts; empty is the reader's."""

    def __init__(self, spec: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        self.spec = spec
        self.key: str = spec.get("key", "")
        self.path: str = spec["path"]
        self.required: bool = spec.get("required", False)
        self.role: str = spec.get("role", "")
        self.pii: str = spec.get("pii", Pii.NONE)
        self.blind: str = spec.get("blind", Blind.SHOW)
        self.public: bool = spec.get("public", False)
        self.export: str = spec.get("export") or self.key
        self.condition: Tree | None = parse(spec.get("condition"))
        self.label = texts.get(f"{self.path}.label", "") or self.key
        self.help = texts.get(f"{self.path}.help", "")
        self.text = texts.get(f"{self.path}.text", "")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key or self.path}>"

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which a browser posts this question; no other question may use them."""
        return (self.key,)

    @abstractmethod
    def field(self, around: Surroundings) -> forms.Field | None:
        """Return the field that asks it, or None if there is nothing to answer."""

    def answer(self, cleaned: Any) -> Json | None:
        """Return what is kept of a field's cleaned value; None is "not answered"."""
        return cleaned or None

    def comparable(self, answer: Any) -> Comparable | None:
        """Return an answer as conditions compare it."""
        return answer

    def display(self, answer: Any) -> list[Line]:
        """Return an answer for people, in the language in use."""
        return [] if answer is None else [Line(str(answer))]

    def cell(self, answer: Any) -> Cell:
        """Return an answer for one cell of a spreadsheet."""
        return "; ".join(line.text for line in self.display(answer)) or None

    def worded(self, text: str) -> str:
        """Return words of the form for a page: marked where the reader's language is another."""
        return told_in(text, self.language)

    def common(self, *hints: str, **more: Any) -> dict[str, Any]:
        """Return what every field gets: label, whether it is required, and the hints in lines."""
        told = [(hint,) for hint in (self.worded(self.help), *hints) if hint]
        return {
            "label": self.worded(self.label),
            "required": self.required,
            "help_text": format_html_join(mark_safe("<br>"), "{}", told),
            **more,
        }

    def decimal(self, name: str) -> Decimal | None:
        """Return a limit that stands as text in the version."""
        value = self.spec.get(name)
        return None if value in {None, ""} else Decimal(value)
