"""Controls that Django lacks."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.text.mend import mended
from cms.core.zones import zone_name


class Parts(NamedTuple):
    """A date as it was typed, box by box; kept as it is when it makes no sense."""

    day: str = ""
    month: str = ""
    year: str = ""


class WallParts(NamedTuple):
    """A date with a time as they were typed, box by box."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""


class DateParts(forms.Widget):
    """Three boxes for day, month and year.

    One box with a picker fails people twice: browsers order and translate it by their own
    language, not the page's, and a birthday lies forty years of clicks away.
    """

    template_name = "components/date-parts.html"
    use_fieldset = True
    parts: ClassVar[type[Parts | WallParts]] = Parts
    labels: tuple[object, ...] = (_("Day"), _("Month"), _("Year"))
    lengths = {"day": 2, "month": 2, "year": 4}

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: object,  # noqa: ARG002 - Django's signature
        name: str,
    ) -> Parts | WallParts | None:
        """Return what stands in the boxes, or None if all are empty."""
        texts = (str(data.get(f"{name}_{part}") or "").strip() for part in self.parts._fields)
        parts = self.parts(*map(mended, texts))
        return parts if any(parts) else None

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: object,  # noqa: ARG002 - Django's signature
        name: str,
    ) -> bool:
        """Return whether the boxes were not on the page at all."""
        return not any(f"{name}_{part}" in data for part in self.parts._fields)

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002 - Django's signature
        """Return nothing: a legend names the group, each box has a label of its own."""
        return ""

    def format_value(self, value: Any) -> Parts | WallParts:
        """Return the parts of a date, or what was typed."""
        if isinstance(value, date):
            return Parts(str(value.day), str(value.month), str(value.year))
        return value if isinstance(value, self.parts) else self.parts()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add a box for each part."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["subwidgets"] = [
            self._box(part, label, text, widget)
            for part, label, text in zip(self.parts._fields, self.labels, widget["value"], strict=True)
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
        attrs |= {"maxlength": self.lengths[part], "size": self.lengths[part]}
        if part != "time":  # The keys for numbers have no colon.
            attrs["inputmode"] = "numeric"
        return {"name": f"{group['name']}_{part}", "label": label, "value": text, "attrs": attrs}


class WallTimeParts(DateParts):
    """Three boxes for the date and one for the time, which says whose time it is.

    Plain boxes again: a picker of the browser, and Wagtail's own, know the zone of the person
    who edits, not that of the thing.
    """

    parts = WallParts
    labels = (*DateParts.labels, _("Time"))
    lengths = {**DateParts.lengths, "time": len("18:00:00")}
    zone = ""
    """The zone whose clocks are meant; the field sets it."""

    def format_value(self, value: Any) -> Parts | WallParts:
        """Return the parts of a wall time, or what was typed."""
        if isinstance(value, datetime):
            time = value.strftime("%H:%M:%S" if value.second else "%H:%M")
            return WallParts(str(value.day), str(value.month), str(value.year), time)
        return super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the zone above the time."""
        context = super().get_context(name, value, attrs)
        if self.zone:
            context["widget"]["subwidgets"][-1]["label"] = zone_name(self.zone)
        return context

    def _box(self, part: str, label: object, text: str, group: dict[str, Any]) -> dict[str, Any]:
        box = super()._box(part, label, text, group)
        if part == "time":
            box["attrs"] |= {"class": box["attrs"]["class"].replace("w-8", "w-4"), "dir": "ltr"}
        return box
