"""Filters of lists: a form that asks by GET and works without a script."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.renderer import Form


class Filter(NamedTuple):
    """One question, and the answers that would find something: (value, label)."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]


class FilterForm(Form):
    """One choice a question; what is not answered narrows nothing."""

    unknown = gettext_lazy(
        "We do not know this choice, so the list leaves it aside. Please choose another one."
    )

    def __init__(self, data: Mapping[str, Any], filters: Iterable[Filter]) -> None:
        super().__init__(data)
        self.filters = {item.name: item for item in filters}
        for name, label, choices in self.filters.values():
            self.fields[name] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", _("All")), *choices],
                error_messages={"invalid_choice": self.unknown},
            )

    @property
    def chosen(self) -> dict[str, str]:
        """Return what was chosen and is known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def labels(self) -> list[str]:
        """Return what was chosen, in words."""
        return [dict(self.filters[name].choices)[value] for name, value in self.chosen.items()]
