"""The form with which event managers make an event and change it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.accounts.policy import units_where
from cms.events.domain.save_event import save_event
from cms.events.kinds import RegistrationKind
from cms.events.models import Event
from cms.events.policy import MANAGE
from cms.events.queries.staff import has_registrations
from cms.forms.models import Form

FIXED = ("code", "unit", "form")
"""What registrations rest on: their references, their unit, their questions."""


class EventForm(WagtailAdminModelForm):
    """Unit and form are among one's own; what registrations rest on stays."""

    class Meta:
        model = Event
        fields = (
            "name",
            "code",
            "unit",
            "kind",
            "form",
            "people_at_most",
            "number",
            "languages",
            "mediation",
            "state",
        )
        help_texts = {
            "state": _("Once announced, its dates open and close by their times; nobody has to switch it."),
        }

    instance: Event

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_where(self.for_user, MANAGE)
        self.fields["unit"].queryset = units
        own = Q(kind=RegistrationKind.code, unit__in=units) | Q(pk=self.instance.form_id)
        self.fields["form"].queryset = Form.objects.filter(own)
        if has_registrations(self.instance):
            for name in FIXED:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Fixed: there are registrations for this event already.")

    def save(self, commit: bool = True) -> Event:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Save, and note who changed what."""
        return save_event(event=self.instance, by=self.for_user)
