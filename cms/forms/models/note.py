"""What is said about a submission."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.forms.enums import Audience
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
