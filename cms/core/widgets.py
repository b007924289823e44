"""Controls that Django lacks."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _


class Parts(NamedTuple):
    """A date as it was typed, box by box; kept as it is when it makes no sense."""

    day: str = ""
    month: str = ""
    year: str = ""


class DateParts(forms.Widget):
    """Three boxes for day, month and year.

    One box with a picker fails people twice: browsers order and translate it by their own
    language, not the page's, and a birthday lies forty years of clicks away.
    """

    template_name = "components/date-parts.html"
    use_fieldset = True
    labels = (_("Day"), _("Month"), _("Year"))
    lengths = {"day": 2, "month": 2, "year": 4}

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: object,  # noqa: ARG002 - Django's signature
        name: str,
    ) -> Parts | None:
        """Return what stands in the boxes, or None if all are empty."""
        texts = (str(data.get(f"{name}_{part}") or "").strip() for part in Parts._fields)
        parts = Parts(*(text.replace("\x00", "\ufffd") for text in texts))  # HTML has no NUL.
        return parts if any(parts) else None

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: object,  # noqa: ARG002 - Django's signature
        name: str,
    ) -> bool:
        """Return whether the boxes were not on the page at all."""
        return not any(f"{name}_{part}" in data for part in Parts._fields)

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002 - Django's signature
        """Return nothing: a legend names the group, each box has a label of its own."""
        return ""

    def format_value(self, value: Any) -> Parts:
        """Return the parts of a date, or what was typed."""
        if isinstance(value, date):
            return Parts(str(value.day), str(value.month), str(value.year))
        return value if isinstance(value, Parts) else Parts()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add a box for each part."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["subwidgets"] = [
            self._box(part, label, text, widget)
            for part, label, text in zip(Parts._fields, self.labels, widget["value"], strict=True)
        ]
        return context

    def subwidgets(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield the boxes, so that a link in the error summary finds the first one."""
        yield from self.get_context(name, value, attrs)["widget"]["subwidgets"]

    def _box(self, part: str, label: object, text: str, group: dict[str, Any]) -> dict[str, Any]:
        attrs = {key: item for key, item in group["attrs"].items() if key not in {"id", "dir"}}
        if "id" in group["attrs"]:
            attrs["id"] = f"{group['attrs']['id']}_{part}"
        if attrs.get("autocomplete") == "bday":
            attrs["autocomplete"] = f"bday-{part}"
        attrs["class"] = f"{attrs.get('class', '')} w-{self.lengths[part]}".strip()
        attrs |= {"inputmode": "numeric", "maxlength": self.lengths[part]}
        return {"name": f"{group['name']}_{part}", "label": label, "value": text, "attrs": attrs}
