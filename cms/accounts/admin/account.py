"""One's own settings in the admin: what Wagtail offers and makes sense here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import (
    AccountView as WagtailAccountView,
)
from wagtail.admin.views.account import (
    AvatarSettingsPanel,
    BaseSettingsPanel,
    ChangePasswordPanel,
    NameEmailSettingsPanel,
)

from cms.accounts.models import User


class NameForm(forms.ModelForm):
    """The one name; the address is changed on the account page, where a code proves it."""

    class Meta:
        model = User
        fields = ("name",)


class NamePanel(BaseSettingsPanel):
    """Name."""

    name = "name"
    title = _("Name")
    order = 100
    form_class = NameForm


class AccountView(WagtailAccountView):
    """Name, notifications, language and time zone, theme; no password, no address, no portrait."""

    left_out = (NameEmailSettingsPanel, AvatarSettingsPanel, ChangePasswordPanel)

    def get_panels(self) -> list[Any]:
        """Replace Wagtail's panel for first and last names, drop what has no place here."""
        panels = [panel for panel in super().get_panels() if not isinstance(panel, self.left_out)]
        user = self.request.user
        return [NamePanel(self.request, user, user.wagtail_userprofile), *panels]
