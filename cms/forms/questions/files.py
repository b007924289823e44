"""Questions answered by files, and the item that asks nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core import typed
from cms.core.formats.numbers import NO_BREAK_SPACE, number
from cms.core.text.case import upper
from cms.forms.questions.base import FileInfo, Line, Question, Surroundings


class Files(Question):
    """Files of some types, so many, each so large."""

    type = "files"

    def __init__(self, spec: Any, texts: Any) -> None:
        super().__init__(spec, texts)
        self.types: tuple[str, ...] = tuple(spec["types"])
        self.count: int = spec.get("count") or 1
        self.size: int = spec["size"]

    def field(self, around: Surroundings) -> forms.Field | None:
        """Return a box for files under those that are here; its value is the list of new ones."""
        endings = [*self.types, "jpeg"] if "jpg" in self.types else self.types
        return typed.FilesField(
            held=around.files.get(self.key, ()),
            most=self.count,
            endings=endings,
            **self.common(self.limits()),
        )

    def limits(self) -> str:
        """Return "PDF, JPG. Up to 5 files, each at most 10 MB."."""
        size = f"{number(self.size)}{NO_BREAK_SPACE}{_('MB')}"
        types = _(", ").join(upper(name) for name in self.types)
        message = ngettext(
            "%(types)s. One file of at most %(size)s.",
            "%(types)s. Up to %(count)s files, each at most %(size)s.",
            self.count,
        )
        return message % {"types": types, "size": size, "count": number(self.count)}

    def answer(self, cleaned: Sequence[Any]) -> list[dict[str, Any]] | None:
        """Return the files that are here; what is not received yet (an upload) is no answer."""
        return [asdict(file) for file in cleaned or () if isinstance(file, FileInfo)] or None

    def comparable(self, answer: Any) -> bool | None:
        """Return that there are files, for conditions that ask whether it was answered."""
        return True if answer else None

    def display(self, answer: Sequence[Mapping[str, Any]] | None) -> list[Line]:
        """Return a line for each file."""
        found = [FileInfo(**file) for file in answer or ()]
        return [Line(file.name, "auto", (file,)) for file in found]


class Information(Question):
    """A heading and a text between questions; nothing is asked."""

    type = "information"

    @property
    def names(self) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def field(self, around: Surroundings) -> forms.Field | None:  # noqa: ARG002 - asks nothing
        """Return nothing."""
        return None

    def answer(self, cleaned: Any) -> None:  # noqa: ARG002 - asks nothing
        """Return nothing."""
        return None  # noqa: RET501 - the type of every answer
