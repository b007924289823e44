"""What somebody hands in: one row from the first save to the end."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.accounts.models.user import languages
from cms.core import clock
from cms.forms.enums import OPEN_PHASES, Phase


class Submission(models.Model):
    """An application, a registration or a request, whatever its kind keeps beside it.

    The kind's own object (one to one) owns the state; `phase` is written with it by `transition()`.
    Name, address, telephone, title and organisation are copied from the answers by role, for lists.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(_("idempotency key"), unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, editable=False)
    unit = models.ForeignKey(
        "cms_accounts.Unit", models.PROTECT, related_name="submissions", verbose_name=_("unit")
    )
    version = models.ForeignKey(
        "cms_forms.FormVersion", models.PROTECT, related_name="submissions", verbose_name=_("form")
    )
    language = models.CharField(_("language"), max_length=35, choices=languages)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.options, default=Phase.DRAFT)
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=250, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("filled in by"),
    )
    organisation = models.ForeignKey(
        "cms_accounts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("organisation"),
    )
    person_name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="helped",
        verbose_name=_("helper"),
    )
    helper_unit = models.ForeignKey(
        "cms_accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit of the helper"),
    )
    consent_at = models.DateTimeField(_("agreed to be helped"), null=True, blank=True)
    claim_digest = models.CharField(max_length=64, blank=True, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_submissions",
        verbose_name=_("assigned to"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(_("started"), default=clock.now, editable=False)
    saved_at = models.DateTimeField(_("last saved"), default=clock.now, editable=False)
    received_at = models.DateTimeField(_("received"), null=True, editable=False)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ("-received_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("reference",), condition=~Q(reference=""), name="one_submission_a_reference"
            ),
            models.CheckConstraint(
                condition=Q(phase=Phase.DRAFT) | (~Q(reference="") & Q(received_at__isnull=False)),
                name="what_was_sent_has_a_reference",
            ),
            models.CheckConstraint(
                condition=Q(helper=None) | Q(helper_unit__isnull=False, consent_at__isnull=False),
                name="a_helper_acts_for_a_unit_and_with_consent",
            ),
        )
        indexes = (
            models.Index(fields=("unit", "kind", "phase", "-received_at"), name="queue_of_a_unit"),
            models.Index(fields=("owner", "-saved_at"), name="submissions_of_a_person"),
            models.Index(
                fields=("assignee", "due_on"),
                condition=Q(phase__in=sorted(OPEN_PHASES)),
                name="work_of_a_person",
            ),
        )

    def __str__(self) -> str:
        return self.reference or f"#{self.pk}"

    @property
    def is_draft(self) -> bool:
        """Tell whether it has not been sent yet."""
        return self.phase == Phase.DRAFT


class StateChange(models.Model):
    """One step on the way of a submission; what staff and applicants read as its history."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="changes")
    verb = models.CharField(_("what happened"), max_length=30)
    source = models.CharField(_("from"), max_length=20, blank=True)
    target = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.verb} → {self.target}"


class ReferenceSeries(models.Model):
    """The last number drawn for a prefix in a year; locked while the next one is drawn."""

    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("prefix", "year"), name="one_series_a_prefix_and_year"),
        )

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"


class ResumeLink(models.Model):
    """A link by mail that leads back to a submission; only its digest is kept."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="resume_links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link to a submission")
        verbose_name_plural = _("links to submissions")

    def __str__(self) -> str:
        return f"#{self.pk}"
