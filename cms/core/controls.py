"""Controls for what people type and hand in, beside those that Django has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.core.formats.numbers import number
from cms.core.text.count import characters
from cms.core.text.mend import mended
from cms.core.text.names import tidy_name


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
        usual = {"inputmode": "decimal" if places else "numeric", "dir": "ltr", "autocomplete": "off"}
        width = {} if unit else {"class": "w-20"}
        super().__init__({**usual, **width, **(attrs or {})})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the unit."""
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


class LongList(forms.Select):
    """A list to open with hundreds of entries.

    Django renders a template for each of them: 15 ms for all countries, here one.
    """

    template_name = "components/long-list.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the options as HTML."""
        context = forms.Widget.get_context(self, name, value, attrs)
        chosen = frozenset(context["widget"]["value"])
        context["widget"]["options"] = self._options(self.choices, chosen)
        return context

    def _options(self, choices: Iterable[Any], chosen: frozenset[str]) -> SafeString:
        return format_html_join("", "{}", ((self._entry(code, label, chosen),) for code, label in choices))

    def _entry(self, code: Any, label: Any, chosen: frozenset[str]) -> SafeString:
        if isinstance(label, list | tuple):
            inside = self._options(label, chosen)
            return format_html('<optgroup label="{}">{}</optgroup>', code, inside)
        mark = mark_safe(" selected") if str(code) in chosen else ""
        return format_html('<option value="{}"{}>{}</option>', code, mark, label)


class NamesBox(forms.Widget):
    """A box for each of some people, all posted under one name; for one person a plain box."""

    template_name = "components/names.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, most: int, longest: int) -> None:
        super().__init__({"dir": "auto", **(attrs or {})})
        self.most = most
        self.longest = longest
        self.use_fieldset = most > 1

    @staticmethod
    def person(place: int) -> str:
        """Return what a box is called."""
        return _("Person %(number)s") % {"number": number(place)}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:  # noqa: ARG002 - Django's signature
        """Return what stands in the boxes, also in those beyond the last."""
        found = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return [mended(str(text)) for text in found]

    def format_value(self, value: Sequence[str] | None) -> list[str]:
        """Return the text of each box: where there are too few, the empty ones make room."""
        texts = list(value or ())
        if len(texts) > self.most:
            texts = [text for text in texts if tidy_name(text)]
        return [*texts, *[""] * (self.most - len(texts))]

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002 - Django's signature
        """Return the one box; of several each has a label of its own."""
        return "" if self.use_fieldset else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the boxes."""
        context = super().get_context(name, value, attrs)
        group = context["widget"]
        wrong = self._wrong(group["value"])
        group["subwidgets"] = [
            self._box(place, text, group, wrong=place in wrong)
            for place, text in enumerate(group["value"], 1)
        ]
        return context

    def subwidgets(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield the boxes, so that a link in the error summary finds the first one."""
        yield from self.get_context(name, value, attrs)["widget"]["subwidgets"]

    def _wrong(self, texts: Sequence[str]) -> set[int]:
        """Return the boxes that an error is about: too long, too many, else the first."""
        long = {place for place, text in enumerate(texts, 1) if characters(tidy_name(text)) > self.longest}
        return long.union(range(self.most + 1, len(texts) + 1)) or {1}

    def _box(self, place: int, text: str, group: dict[str, Any], *, wrong: bool) -> dict[str, Any]:
        first = place == 1
        attrs = {**group["attrs"], "autocomplete": "name" if first else "off"}
        if not wrong:
            attrs.pop("aria-invalid", None)
        if "id" in attrs and not first:
            attrs["id"] = f"{attrs['id']}_{place}"
        label = "" if first and not self.use_fieldset else self.person(place)
        return {"name": group["name"], "label": label, "value": text, "attrs": attrs}


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
