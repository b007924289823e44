"""The form of one step."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict

from cms.core.renderer import Form
from cms.forms.journey.reading import Raw, Reading
from cms.forms.questions import Question


class StepForm(Form):
    """The visible questions of a step, with everything that was typed.

    What a new answer on the same page has brought up (`new`) is shown without an error: nobody has
    seen it before.
    """

    def __init__(
        self,
        *,
        key: str,
        reading: Reading,
        raw: Raw | None,
        files: Any = None,
        shown: frozenset[str] | None = None,
        opened: frozenset[str] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        named = None if raw is None else MultiValueDict({f"{key}-{name}": raw[name] for name in raw})
        super().__init__(named, files, prefix=key, initial=dict(initial or {}))
        self.key = key
        self.reading = reading
        self.raw: Raw = raw or {}
        items = [item for item in reading.asked if opened is None or item.key in opened]
        self.items = tuple(items)
        self.fields = {item.key: reading.fields[item.key] for item in items if item.key in reading.fields}
        asked = frozenset(self.fields)
        self.new = frozenset() if shown is None or raw is None else asked - shown
        self.shown = sorted(asked if shown is None else asked & shown)

    @property
    def on_page(self) -> str:
        """Return the keys of all questions of the page, which it sends back."""
        return " ".join(self.fields)

    @property
    def complete(self) -> bool:
        """Tell whether all questions of the step were on the page and are answered well."""
        return self.is_valid() and not self.new

    @property
    def messages(self) -> list[str]:
        """Return everything that is wrong, in words that make sense far from the question."""
        return [text for name in self.errors for text in self[name].messages]  # type: ignore[attr-defined]  # our renderer's fields have them

    @property
    def rows(self) -> Iterator[tuple[Question, BoundField | None]]:
        """Yield each item with its field; a text between questions has none."""
        for item in self.items:
            yield item, self[item.key] if item.key in self.fields else None

    def _clean_fields(self) -> None:
        """Take over what is understood already; nothing is judged twice."""
        for name in self.fields:
            error = self.reading.errors.get(name)
            if error is None:
                self.cleaned_data[name] = self.reading.cleaned[name]
            elif name not in self.new:
                self.add_error(name, error)
