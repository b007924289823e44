"""Answers: the working copy that people write in, and the copies frozen when they sent it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.accounts.models.user import languages
from cms.core import clock
from cms.forms.models.submission import Submission


class StepData(models.Model):
    """One step as it was typed, also where it makes no sense: nothing is lost.

    `data` is {field name: [texts]}. What belongs to a special category stands encrypted in `sealed`
    instead. `shown` names the questions that were on the page when it was saved; `complete` says
    that all of them were answered well then. `serial` counts the saves: two tabs notice each other.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    sealed = models.TextField(blank=True)
    shown = models.JSONField(default=list)
    complete = models.BooleanField(default=False)
    serial = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("step of a submission")
        verbose_name_plural = _("steps of submissions")
        constraints = (models.UniqueConstraint(fields=("submission", "step"), name="one_row_a_step"),)

    def __str__(self) -> str:
        return self.step


class SubmissionVersion(models.Model):
    """The answers as they were sent, in the words of the form as it was then.

    `answers` is {question key: JSON}; a key that is missing was not asked, null was not answered.
    Answers of a special category stand encrypted in `sealed`. `digests` holds a salted SHA-256 of
    each answer: one answer and its salt can be erased, and what is left still proves the rest.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="versions")
    stage = models.PositiveSmallIntegerField(_("stage"), default=1)
    number = models.PositiveSmallIntegerField(_("number"))
    form_version = models.ForeignKey("cms_forms.FormVersion", models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=35, choices=languages)
    answers = models.JSONField(default=dict)
    sealed = models.TextField(blank=True)
    salts = models.JSONField(default=dict)
    digests = models.JSONField(default=dict)
    received_at = models.DateTimeField(_("received"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("sent by")
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("sent version")
        verbose_name_plural = _("sent versions")
        ordering = ("stage", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("submission", "stage", "number"), name="one_sent_version_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.submission_id} v{self.stage}.{self.number}"
