"""Forms with which administrators keep people and units."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser

from cms.accounts.domain.assign import set_roles
from cms.accounts.domain.change_email import change_email
from cms.accounts.domain.change_person import change_person, empower
from cms.accounts.domain.deactivate import deactivate, reactivate
from cms.accounts.domain.invite import invite
from cms.accounts.enums import Role
from cms.accounts.models import Unit, User
from cms.accounts.policy import MANAGE_PEOPLE, MANAGE_UNITS, all_powerful, manages_wholly, units_where
from cms.audit.domain.record import record


class RolesForm(WagtailAdminModelForm):
    """A row a unit that the administrator manages, with the roles of the person in it."""

    instance: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held: dict[int, list[str]] = {}
        if self.instance.pk:
            for unit_id, role in self.instance.role_assignments.values_list("unit_id", "role"):
                held.setdefault(unit_id, []).append(role)
        self.units = {f"roles_{unit.pk}": unit for unit in units_where(self.for_user, MANAGE_PEOPLE)}
        for name, unit in self.units.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=_("Roles: %(unit)s") % {"unit": unit.name},
                choices=Role.options,
                initial=held.get(unit.pk, []),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def chosen_roles(self) -> Iterator[tuple[Unit, list[Role]]]:
        """Return each managed unit with the roles ticked in its row."""
        for name, unit in self.units.items():
            yield unit, [Role(code) for code in self.cleaned_data[name]]


class InviteForm(RolesForm):
    """A new person, or new roles for somebody who is here already."""

    class Meta:
        model = User
        fields = ("email", "name", "preferred_language")
        help_texts = {
            "email": _("The person signs in with a code sent to this address."),
            "name": _("Somebody who is here already keeps name and language, and gains the roles."),
        }

    def _get_validation_exclusions(self) -> set[str]:
        """Let an address that is here already pass: `invite` adds the roles to that person."""
        exclusions: set[str] = super()._get_validation_exclusions()
        return exclusions | {"email"}

    def clean(self) -> dict[str, Any]:
        """Ask for a role: a person without one would belong to nobody's list."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and not all_powerful(self.for_user) and not any(map(cleaned.get, self.units)):
            self.add_error(None, _("Choose at least one role."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> User:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Invite into each unit with a role."""
        chosen: list[tuple[Unit | None, list[Role]]]
        chosen = [(unit, roles) for unit, roles in self.chosen_roles() if roles]
        for unit, roles in chosen or [(None, [])]:
            self.instance = invite(
                email=self.cleaned_data["email"],
                name=self.cleaned_data["name"],
                language=self.cleaned_data["preferred_language"],
                unit=unit,
                roles=roles,
                by=self.for_user,
            )
        return self.instance


class ChangePersonForm(RolesForm):
    """Somebody's roles; address, name and sign-in only of people whom one manages wholly."""

    class Meta:
        model = User
        fields = ("email", "name", "preferred_language", "is_active", "is_superuser")
        labels = {"is_active": _("May sign in"), "is_superuser": _("Every right in every unit")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themselves = self.instance.pk == self.for_user.pk
        if not manages_wholly(self.for_user, self.instance):
            self._lock("email", "name", "preferred_language", "is_active")
        if themselves:
            self._lock("is_active", "is_superuser")
            if not all_powerful(self.for_user):  # Nobody locks themselves out by mistake.
                self._lock(*self.units)
        if not all_powerful(self.for_user):
            del self.fields["is_superuser"]

    def _lock(self, *names: str) -> None:
        for name in names:
            self.fields[name].disabled = True

    @transaction.atomic
    def save(self, commit: bool = True) -> User:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Do what changed, each by its own verb."""
        data, changed, by = self.cleaned_data, set(self.changed_data), self.for_user
        person = User.objects.get(pk=self.instance.pk)
        if changed & {"name", "preferred_language"}:
            change_person(user=person, name=data["name"], language=data["preferred_language"], by=by)
        if "email" in changed:
            change_email(user=person, email=data["email"], by=by)
        if "is_active" in changed:
            (reactivate if data["is_active"] else deactivate)(user=person, by=by)
        if "is_superuser" in changed:
            empower(user=person, superuser=data["is_superuser"], by=by)
        for unit, roles in self.chosen_roles():
            set_roles(user=person, unit=unit, roles=roles, by=by)
        self.instance = person
        return person


class UnitForm(WagtailAdminModelForm):
    """A unit; where its editors write is decided by superusers, who see the whole page tree."""

    class Meta:
        model = Unit
        fields = ("name", "code", "kind", "parent", "email", "root_page", "collection")
        widgets = {"root_page": AdminPageChooser}
        help_texts = {"code": _("A short name in Latin letters; it cannot be changed later.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        powerful = all_powerful(self.for_user)
        managed = units_where(self.for_user, MANAGE_UNITS).values("pk")
        parents = Q(pk__in=managed, parent=None) | Q(pk=self.instance.parent_id)
        self.fields["parent"].queryset = Unit.objects.filter(parents).exclude(pk=self.instance.pk)
        if self.instance.pk:
            self.fields["code"].disabled = True
        if not powerful:
            del self.fields["root_page"], self.fields["collection"]
            # Managing a unit is not moving it: out of the office above, or to its top.
            for name in ("parent", "kind") if self.instance.pk else ():
                self.fields[name].disabled = True
            self.fields["parent"].required = not self.instance.pk

    @transaction.atomic
    def save(self, commit: bool = True) -> Unit:  # noqa: FBT001, FBT002 - Django's signature
        """Save, and note who changed what."""
        action = "accounts.unit_changed" if self.instance.pk else "accounts.unit_made"
        unit: Unit = super().save(commit)
        record(
            action, target=unit, actor=self.for_user, unit_id=unit.pk, details={"fields": self.changed_data}
        )
        return unit
