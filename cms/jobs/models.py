"""A job is a row, written in the transaction that wants the work done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.jobs.enums import JobState, Lane


class Job(models.Model):
    """One piece of work: what (kind, version, arguments), where (lane), and how far it is."""

    kind = models.CharField(_("kind"), max_length=100)
    version = models.PositiveSmallIntegerField(_("version of the arguments"), default=1)
    args = models.JSONField(_("arguments"), default=dict)
    lane = models.CharField(_("lane"), max_length=10, choices=Lane.options)
    state = models.CharField(_("state"), max_length=10, choices=JobState.options, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    run_after = models.DateTimeField(_("not before"), default=clock.now)
    lease = models.UUIDField(_("lease"), null=True, editable=False)
    lease_until = models.DateTimeField(_("lease until"), null=True, editable=False)
    dedupe_key = models.CharField(_("dedupe key"), max_length=200, blank=True)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-id",)
        permissions = (("retry_job", _("Can retry dead jobs")),)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "dedupe_key"),
                condition=Q(state=JobState.QUEUED) & ~Q(dedupe_key=""),
                name="one_queued_job_a_dedupe_key",
            ),
        )
        indexes = (
            models.Index(
                fields=("lane", "run_after", "id"),
                condition=Q(state=JobState.QUEUED),
                name="due_jobs",
            ),
            models.Index(
                fields=("lease_until",),
                condition=Q(state=JobState.RUNNING),
                name="leased_jobs",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_dead(self) -> bool:
        """Whether it was given up and waits for somebody to look."""
        return self.state == JobState.DEAD


class Tick(models.Model):
    """When a scheduled kind was last put into the outbox, and when it last went well."""

    kind = models.CharField(_("kind"), max_length=100, primary_key=True)
    last_slot = models.DateTimeField(_("last slot"))
    last_done = models.DateTimeField(_("last done"), null=True)

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")

    def __str__(self) -> str:
        return self.kind
