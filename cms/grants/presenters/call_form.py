"""The form with which officers announce a call and change it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.accounts.policy import units_where
from cms.core import zones
from cms.forms.models import Form
from cms.grants import queries
from cms.grants.domain import save_call
from cms.grants.kinds import ApplicationKind
from cms.grants.models import Call
from cms.grants.policy import CALLS

FIXED = ("code", "unit", "form", "currency")
"""What applications rest on: their references, their unit, their questions, their amounts."""

WALLS = ("opens_wall", "closes_wall")


class CallForm(WagtailAdminModelForm):
    """Times are those of clocks in the zone of the call, wherever the officer sits."""

    class Meta:
        model = Call
        fields = (
            "name",
            "code",
            "unit",
            "form",
            "state",
            "zone",
            *WALLS,
            "grace_seconds",
            "decision_expected",
            "currency",
            "budget",
            "minimum",
            "maximum",
            "per_organisation",
        )
        help_texts = {
            "state": _("Once announced, a call opens and closes by its times; nobody has to switch it."),
            "grace_seconds": _("For what arrives a moment too late. Nobody is told about it."),
            "decision_expected": _("Applicants see it on the call, on the receipt and on their status page."),
            "per_organisation": _("Empty: as many as they like. Withdrawn ones do not count."),
        }

    instance: Call

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_where(self.for_user, CALLS)
        self.fields["unit"].queryset = units
        own = Q(kind=ApplicationKind.code, unit__in=units) | Q(pk=self.instance.form_id)
        self.fields["form"].queryset = Form.objects.filter(own)
        if queries.has_applications(self.instance):
            for name in FIXED:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Fixed: there are applications for this call already.")
        for name in WALLS:
            self.fields[name].zone = self.instance.zone if self.instance.pk else ""

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
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Call:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Save, and note who changed which promise."""
        return save_call(call=self.instance, by=self.for_user)
