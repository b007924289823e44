"""The form in which people tell about an organisation: only what belongs to its kind is asked."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.accounts.domain.make_organisation import Particulars
from cms.accounts.enums import OrganisationKind, Registry
from cms.accounts.models import Organisation, User
from cms.accounts.policy import hosts_for
from cms.accounts.validators import registry_number
from cms.core import typed
from cms.core.controls import TextBox
from cms.core.countries import country_choices
from cms.core.renderer import Form


class Explained(NamedTuple):
    """A kind of organisation in plain words."""

    code: str
    label: str | Promise
    text: str | Promise


KINDS = (
    Explained(
        OrganisationKind.REGISTERED,
        OrganisationKind.REGISTERED.label,
        _("An association, foundation, company or cooperative that stands in a register."),
    ),
    Explained(
        OrganisationKind.PUBLIC,
        OrganisationKind.PUBLIC.label,
        _("A school, a kindergarten, a library, a municipality or another part of the state."),
    ),
    Explained(
        OrganisationKind.GROUP,
        OrganisationKind.GROUP.label,
        _("People who do something together and are not registered. One of them answers for the group."),
    ),
)

NAME_LENGTH = 200

WEB = URLValidator(schemes=["http", "https"], message=_("Enter an address such as https://example.org"))


class OrganisationForm(Form):
    """An organisation of one kind, as somebody enters or changes it."""

    name = typed.TextField(
        label=_("Name"),
        help_text=_("As it stands in the register, or as the group calls itself; in any script."),
        max_characters=NAME_LENGTH,
        tells_limits=False,
        widget=TextBox({"autocomplete": "organization"}),
    )
    responsible = typed.TextField(
        label=_("Who answers for the group"),
        help_text=_("First and last name of one adult person."),
        max_characters=NAME_LENGTH,
        tells_limits=False,
    )
    host = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Host organisation"),
        help_text=_(
            "It receives and accounts for money on behalf of the group. "
            "You can choose an organisation for which you act yourself."
        ),
        required=False,
        empty_label=_("No host"),
        error_messages={"invalid_choice": _("Choose one of your organisations")},
    )
    registry = forms.ChoiceField(
        label=_("Registry"),
        choices=lambda: [("", _("Not in a registry")), *Registry.options()],
        required=False,
        error_messages={"invalid_choice": _("Choose a registry from the list")},
    )
    registry_number = typed.TextField(
        label=_("Number in the registry"),
        help_text=_("For German registers with the court, such as Dresden VR 1234."),
        max_characters=40,
        tells_limits=False,
        required=False,
        widget=TextBox({"class": "w-20"}),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [("", _("Choose a country")), *country_choices(first=settings.PHONE_REGION)],
        error_messages={
            "required": _("Choose a country"),
            "invalid_choice": _("Choose a country from the list"),
        },
    )
    region = typed.TextField(
        label=_("Town or region"), max_characters=120, tells_limits=False, required=False
    )
    email = typed.EmailField(
        label=_("E-mail address"), max_characters=254, tells_limits=False, required=False
    )
    phone = typed.PhoneField(label=_("Telephone"), region=settings.PHONE_REGION, required=False)
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        validators=[WEB], error_messages={"invalid": WEB.message},
    )  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: OrganisationKind,
        person: User,
        organisation: Organisation | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(organisation))
        self.kind = kind
        for code, own_name in settings.LANGUAGES:
            self.fields[f"name_{code}"] = typed.TextField(
                label=own_name,
                max_characters=NAME_LENGTH,
                tells_limits=False,
                required=False,
                widget=TextBox({"lang": code}),
            )
        hosts = hosts_for(person)
        if organisation and organisation.host_id:  # Named by a member who has left, perhaps.
            hosts = hosts | Organisation.objects.filter(pk=organisation.host_id)
        self.fields["host"].queryset = hosts.distinct()  # type: ignore[attr-defined]  # of a ModelChoiceField
        of_group = kind == OrganisationKind.GROUP
        for name in ("registry", "registry_number") if of_group else ("responsible", "host"):
            del self.fields[name]

    @property
    def about(self) -> list[forms.BoundField]:
        """Return the fields about the organisation itself."""
        wanted = ("name", "responsible", "host", "registry", "registry_number", "country", "region")
        return [self[name] for name in wanted if name in self.fields]

    @property
    def reaching(self) -> list[forms.BoundField]:
        """Return the fields that tell how to reach it."""
        return [self[name] for name in ("email", "phone", "website")]

    @property
    def names(self) -> list[forms.BoundField]:
        """Return a field for the name in each language, the reader's first."""
        codes = sorted(dict(settings.LANGUAGES), key=lambda code: code != get_language())
        return [self[f"name_{code}"] for code in codes]

    def clean(self) -> dict[str, Any]:
        """See that the number is one of its registry, and that none stands alone."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        registry, number = cleaned.get("registry", ""), cleaned.get("registry_number", "")
        if bool(registry) != bool(number) and not {"registry", "registry_number"} & self.errors.keys():
            missing = "registry_number" if registry else "registry"
            self.add_error(missing, _("Enter both: the registry and the number in it"))
        elif registry and number:
            try:
                cleaned["registry_number"] = registry_number(registry=registry, text=number)
            except ValidationError as error:
                self.add_error("registry_number", error)
        return cleaned

    def particulars(self) -> Particulars:
        """Return what was told, of a valid form."""
        told = {name: value for name, value in self.cleaned_data.items() if not name.startswith("name_")}
        names = {code: self.cleaned_data[f"name_{code}"] for code in dict(settings.LANGUAGES)}
        return Particulars(
            kind=self.kind, other_names={code: name for code, name in names.items() if name}, **told
        )


def _initial(organisation: Organisation | None) -> dict[str, Any]:
    if organisation is None:
        return {"country": settings.PHONE_REGION}
    columns = ("name", "responsible", "host", "registry", "registry_number", "country", "region")
    reaching = ("email", "phone", "website")
    initial = {name: getattr(organisation, name) for name in (*columns, *reaching)}
    return initial | {f"name_{code}": name for code, name in organisation.other_names.items()}
