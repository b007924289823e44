"""Who does what for which unit."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.accounts.enums import Role


class RoleAssignment(models.Model):
    """One role of one person in one unit."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_assignments", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "cms_accounts.Unit", models.CASCADE, related_name="role_assignments", verbose_name=_("unit")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.options)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (models.UniqueConstraint(fields=("user", "unit", "role"), name="one_role_once_a_unit"),)

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.unit}"
