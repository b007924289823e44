"""What is said about a submission, and what is asked again."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.forms.enums import Audience
from cms.forms.models.answers import SubmissionVersion
from cms.forms.models.submission import Submission


class Note(models.Model):
    """A note of staff among themselves, or a line between staff and applicant."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="notes")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audience = models.CharField(_("who reads it"), max_length=10, choices=Audience.options)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    by_staff = models.BooleanField(default=True)
    text = models.TextField(_("text"), max_length=4000)
    created_at = models.DateTimeField(_("written"), default=clock.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Clarification(models.Model):
    """Staff ask about named questions; only those can be changed, until it is answered."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="clarifications")
    text = models.TextField(_("what is asked"), max_length=4000)
    keys = models.JSONField(_("questions that may be changed"))
    due_on = models.DateField(_("answer until"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answered_at = models.DateTimeField(_("answered"), null=True)
    cancelled_at = models.DateTimeField(_("taken back"), null=True)
    before = models.ForeignKey(SubmissionVersion, models.PROTECT, related_name="+")
    after = models.ForeignKey(SubmissionVersion, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("question to the applicant")
        verbose_name_plural = _("questions to the applicant")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("submission",),
                condition=Q(answered_at=None, cancelled_at=None),
                name="one_open_clarification",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for an answer."""
        return self.answered_at is None and self.cancelled_at is None
