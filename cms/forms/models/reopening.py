"""What was sent and is open once more: a question of the office, or a change of the person's own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.forms.enums import Cause
from cms.forms.models.answers import SubmissionVersion
from cms.forms.models.submission import Submission

OPEN = Q(sent_at=None, dropped_at=None)
"""What is neither sent again nor dropped."""


class Reopening(models.Model):
    """Answers can be changed once more, until they are sent again or it comes to nothing.

    A question of staff opens the questions in `keys` alone; the person's own change opens all of them.
    One of each can be open: the question goes first, and the change waits with all that was typed.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="reopenings")
    cause = models.CharField(_("why"), max_length=10, choices=Cause.options)
    text = models.TextField(_("what is asked"), max_length=4000, blank=True)
    keys = models.JSONField(_("questions that may be changed"), default=list)
    due_on = models.DateField(_("answer until"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    sent_at = models.DateTimeField(_("sent again"), null=True)
    dropped_at = models.DateTimeField(_("taken back"), null=True)
    before = models.ForeignKey(SubmissionVersion, models.PROTECT, related_name="+")
    after = models.ForeignKey(SubmissionVersion, models.PROTECT, null=True, related_name="+")
    changed = models.JSONField(_("answers that were changed"), default=list)

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("submission", "cause"), condition=OPEN, name="one_open_reopening_a_cause"
            ),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether it has not come to an end."""
        return self.sent_at is None and self.dropped_at is None

    @property
    def is_amendment(self) -> bool:
        """Tell whether it is the person's own change, to which nobody has asked them."""
        return self.cause == Cause.AMENDMENT


class SentCopy(models.Model):
    """The working copy as it was sent, kept while something else may stand in it.

    `steps` is {step: {"data", "sealed", "shown", "complete"}} as in `StepData`; `files` is
    {question: [tokens]}. A change that is dropped goes back to it.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="sent_copy")
    steps = models.JSONField(default=dict)
    files = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("working copy as it was sent")
        verbose_name_plural = _("working copies as they were sent")

    def __str__(self) -> str:
        return f"#{self.submission_id}"
