"""The ways back for people without an account: an address to which links go."""

from django.utils.translation import gettext_lazy as _

from cms.core import typed
from cms.core.controls import EmailBox
from cms.core.renderer import Form


class AddressForm(Form):
    """The address that somebody gave, or gives now."""

    email = typed.EmailField(
        label=_("E-mail address"),
        max_characters=254,
        tells_limits=False,
        widget=EmailBox({"autocomplete": "email", "class": "w-20"}),
        error_messages={"required": _("Enter your e-mail address.")},
    )
