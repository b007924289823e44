"""The form with which event managers make a date and change it."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from cms.core import zones
from cms.core.fields import DateField
from cms.core.security.once import FIELD
from cms.events.domain.save_date import save_date
from cms.events.enums import OccurrenceStatus
from cms.events.models import Occurrence, Venue
from cms.events.queries.staff import one_a_thing

WALLS = ("opens_wall", "closes_wall", "cancel_wall")
ONLY_NEW = ("capacity",)
"""Later seats are changed where one sees what that means."""


class ClockField(forms.TimeField):
    """A time of day as people write it: 9, 9:30, 9.30, 18:00."""

    input_formats = ("%H:%M", "%H.%M", "%H")
    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "dir": "ltr", "class": "w-5"})
    default_error_messages = {"invalid": _("Write the time with hours and minutes, for example 18:00")}


class LinkField(forms.URLField):
    """An address of the web; whoever leaves out how to reach it means the safe way."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class ThingField(forms.ModelChoiceField):
    """A choice among things that have a row a language: each once, by its name in the editor's language."""

    def __init__(self, *, model: Any, **kwargs: Any) -> None:
        super().__init__(
            queryset=model.objects.none(),
            required=False,
            empty_label=pgettext_lazy("no place chosen", "None"),
            **kwargs,
        )
        self.model = model

    def offer(self, rows: Iterable[tuple[int, Any]]) -> None:
        """Offer these rows, in this order."""
        names = dict(rows)
        choices = [("", self.empty_label), *((key, str(name)) for key, name in names.items())]
        self.queryset = self.model.objects.filter(pk__in=names)
        self.widget.choices = choices


def offer_places(form: forms.ModelForm[Any]) -> None:
    """Offer towns, venues and published hubs in a form about where something is."""
    models: dict[str, tuple[Any, dict[str, Any]]] = {
        "city": (apps.get_model("cms_pages", "Place"), {}),
        "venue": (Venue, {}),
        "hub": (apps.get_model("cms_pages", "HubPage"), {"live": True}),
    }
    for name, (model, which) in models.items():
        current = getattr(form.instance, f"{name}_id")
        old = form.fields[name]
        field = ThingField(model=model, label=old.label, help_text=old.help_text)
        field.offer(one_a_thing(model, current, **which))
        form.fields[name] = field


class DateForm(WagtailAdminModelForm):
    """Times are those of clocks in the zone of the date, wherever the manager sits."""

    last_day = DateField(
        label=_("Last day"), required=False, help_text=_("Only if it takes several days. Otherwise empty.")
    )
    begins = ClockField(label=_("From"), required=False)
    ends = ClockField(label=_("Until"), required=False)

    class Meta:
        model = Occurrence
        fields = (
            "on",
            "begins",
            "ends",
            "last_day",
            "zone",
            "status",
            "city",
            "venue",
            "hub",
            "online",
            "online_link",
            "capacity",
            "waiting_limit",
            *WALLS,
        )
        field_classes = {"online_link": LinkField}
        help_texts = {
            "on": _("As exactly as it is known: 25.11.2026, or 11.2026 as long as the day is not known."),
        }

    instance: Occurrence

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self)
        for name in WALLS:
            self.fields[name].zone = self.instance.zone if self.instance.pk else ""
        if self.instance.pk:
            for name in ONLY_NEW:
                del self.fields[name]
        else:
            self.fields[FIELD] = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
        if self.instance.pk and self.instance.status == OccurrenceStatus.POSTPONED:
            status = self.fields["status"]
            status.choices = status.widget.choices = [
                (value, OccurrenceStatus(value).label)
                for value in (OccurrenceStatus.POSTPONED, OccurrenceStatus.SCHEDULED)
            ]
            status.help_text = _("Choose “takes place” once the new day is known. Everybody is told.")
        else:
            del self.fields["status"]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that the night of a clock change leaves out in the zone that was chosen."""
        cleaned: dict[str, Any] = super().clean()
        zone = cleaned.get("zone")
        for name in WALLS:
            if zone and cleaned.get(name):
                try:
                    zones.must_exist(cleaned[name], zone)
                except ValidationError as error:
                    self.add_error(name, error)
        if key := cleaned.get(FIELD):
            self.instance.uid = key
        return cleaned

    tell = True
    """The page sets it to False for a correction that is not worth a mail."""

    def save(self, commit: bool = True) -> Occurrence:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Save, and tell everybody concerned."""
        save_date(occurrence=self.instance, by=self.for_user, tell=self.tell, only=self.fields)
        return self.instance
