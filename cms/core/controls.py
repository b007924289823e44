"""Controls for what people type and hand in, beside those that Django has."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django import forms

from cms.core.text.mend import mended


class HeldFile(Protocol):
    """A file that is here already."""

    @property
    def token(self) -> str:
        """What the remove button sends."""

    @property
    def name(self) -> str:
        """The name for people."""

    @property
    def size(self) -> int:
        """How many bytes."""


class _Mended:
    """Gives back what was typed, without what no page can show."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return the typed text."""
        value = super().value_from_datadict(data, files, name)  # type: ignore[misc]  # of the widget beside it
        return mended(value) if isinstance(value, str) else value


class TextBox(_Mended, forms.TextInput):
    """One line in any script: it runs as its first letter says."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"dir": "auto", **(attrs or {})})


class TextArea(_Mended, forms.Textarea):
    """Several lines in any script."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"dir": "auto", "rows": 7, **(attrs or {}), "cols": False})


class EmailBox(_Mended, forms.EmailInput):
    """An address."""


class PhoneBox(_Mended, forms.TextInput):
    """A telephone number: phones show their keys for it."""

    input_type = "tel"


class FigureBox(_Mended, forms.TextInput):
    """A number or an amount, with what it counts behind it.

    No `type="number"`: it empties itself when somebody types a comma, and changes under the wheel.
    """

    template_name = "components/figure.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, unit: str = "", places: int = 2) -> None:
        mode = "decimal" if places else "numeric"
        super().__init__({"inputmode": mode, "dir": "ltr", "autocomplete": "off", **(attrs or {})})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the unit."""
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


class FilesBox(forms.FileInput):
    """The files that are here, each with a button to remove it, and a box for further ones."""

    template_name = "components/files.html"
    allow_multiple_selected = False

    def __init__(
        self,
        attrs: Mapping[str, Any] | None = None,
        *,
        held: Sequence[HeldFile] = (),
        several: bool = False,
    ) -> None:
        self.allow_multiple_selected = several
        super().__init__({**(attrs or {}), **({"multiple": True} if several else {})})
        self.held = tuple(held)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Any]:  # noqa: ARG002 - Django's signature
        """Return all files that were chosen, not the last one alone."""
        if files is None:
            return []
        found = files.getlist(name) if hasattr(files, "getlist") else [files.get(name)]
        return [file for file in found if file]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the files that are here."""
        context = super().get_context(name, value, attrs)
        context["widget"]["held"] = self.held
        return context
