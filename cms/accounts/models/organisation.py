"""An organisation that applies, and the people who act for it."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.accounts.enums import WRITING_ROLES, OrganisationKind, OrganisationRole, Registry
from cms.core import clock


class Organisation(models.Model):
    """A registered organisation, a public body, or a group without legal form.

    A group names who answers for it, and may name a host: an organisation that receives money on
    its behalf. Number and registry are one pair in the style of org-id.guide ("GE-NAPR", "IT-CF").
    """

    key = models.UUIDField(_("idempotency key"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.options)
    name = models.CharField(_("name"), max_length=200)
    other_names = models.JSONField(_("name in other languages"), default=dict, blank=True)
    registry = models.CharField(_("registry"), max_length=20, choices=Registry.options, blank=True)
    registry_number = models.CharField(_("registration number"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("town or region"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    website = models.URLField(_("website"), blank=True)
    responsible = models.CharField(_("who answers for the group"), max_length=200, blank=True)
    host = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted",
        verbose_name=_("host organisation"),
        help_text=_("Receives and accounts for money on behalf of the group."),
    )
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("registry", "registry_number"),
                condition=~Q(registry_number=""),
                name="one_organisation_a_registration",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OrganisationKind.GROUP) | ~Q(responsible=""),
                name="somebody_answers_for_a_group",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """Return the name in a language; the one it goes by where there is none."""
        return self.other_names.get(language) or self.name

    def clean(self) -> None:
        """Ask of each kind what it needs."""
        super().clean()
        if self.kind == OrganisationKind.GROUP and not self.responsible:
            raise ValidationError(
                {"responsible": _("Enter the name of the person who answers for the group")}
            )
        if bool(self.registry) != bool(self.registry_number):
            field = "registry_number" if self.registry else "registry"
            raise ValidationError({field: _("Enter both: the registry and the number in it")})
        if self.host and (self.kind != OrganisationKind.GROUP or self.host.kind == OrganisationKind.GROUP):
            raise ValidationError({"host": _("Only a group has a host, and a group cannot be one")})


class Member(models.Model):
    """What a person may do for an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=OrganisationRole.options)
    since = models.DateTimeField(_("since"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "user"), name="one_membership_an_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} · {self.get_role_display()}"

    @property
    def may_write(self) -> bool:
        """Tell whether the role lets the person change what is known of the organisation."""
        return self.role in WRITING_ROLES
