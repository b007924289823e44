"""Who does what for which unit."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.accounts.enums import Role
from cms.core import clock


class RoleAssignment(models.Model):
    """One role of one person in one unit, and who gave it when."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_assignments", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "cms_accounts.Unit", models.PROTECT, related_name="role_assignments", verbose_name=_("unit")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.options)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("given by"),
    )
    given_at = models.DateTimeField(_("given"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (models.UniqueConstraint(fields=("user", "unit", "role"), name="one_role_once_a_unit"),)

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.unit}"
