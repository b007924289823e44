"""What makes a submission an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.grants.enums import ApplicationState
from cms.grants.models.call import Call


class Application(models.Model):
    """One to one with a submission, which holds answers and history; the state is owned here."""

    submission = models.OneToOneField(
        "cms_forms.Submission", models.CASCADE, related_name="application", verbose_name=_("submission")
    )
    call = models.ForeignKey(
        Call,
        models.PROTECT,
        related_name="applications",
        verbose_name=pgettext_lazy("for applications", "call"),
    )
    stage = models.PositiveSmallIntegerField(_("stage"), default=1)
    state = models.CharField(
        _("state"), max_length=20, choices=ApplicationState.options, default=ApplicationState.DRAFT
    )
    amount_requested = models.DecimalField(
        _("amount requested"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = (models.Index(fields=("call", "state"), name="applications_of_a_call"),)

    def __str__(self) -> str:
        return f"{self.call_id} #{self.submission_id}"
