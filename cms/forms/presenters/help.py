"""The form at the helper's door: for whom somebody fills something in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import Unit
from cms.accounts.models.user import languages
from cms.core.renderer import Form
from cms.core.typed import EmailField, PhoneField, TextField


class HelpForm(Form):
    """Who is helped, how we reach them, and whether they agree.

    Whoever stands before us need not be reached (`must_reach`): their code is on the paper they take along.
    """

    name = TextField(label=_("Name of the person you help"), max_length=200)
    phone = PhoneField(
        region=settings.PHONE_REGION,
        label=_("Telephone"),
        required=False,
        help_text=_("We ring where there is no e-mail address."),
    )
    email = EmailField(label=_("E-mail address"), max_length=254, required=False)
    language = forms.ChoiceField(
        label=_("Language of the person"),
        choices=languages,
        help_text=_("In this language we write and ring. The form is shown in it, too."),
    )
    consent = forms.BooleanField(
        label=_("The person agrees that I fill this in for them and that their data are kept."),
        error_messages={"required": _("Ask the person first. Without their consent we cannot go on.")},
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], must_reach: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_reach = must_reach
        self.fields["language"].initial = get_language()
        self.fields["unit"] = forms.ModelChoiceField(
            label=_("For which unit do you help?"), queryset=units, empty_label=None
        )
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
            self.fields["unit"].widget = forms.HiddenInput()
        self.order_fields(("name", "phone", "email", "language", "unit", "consent"))

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the person."""
        cleaned = super().clean() or {}
        reached = cleaned.get("phone") or cleaned.get("email")
        if self.must_reach and not self.errors and not reached:
            raise ValidationError(
                {"phone": _("Enter a telephone number or an e-mail address: we must be able to reach them")}
            )
        return cleaned
