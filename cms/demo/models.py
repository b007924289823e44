"""What the demonstration remembers of itself, and the mail it did not send."""

from django.db import models

from cms.core import clock


class DemoState(models.Model):
    """One row: which migrations made this database, which texts filled it, what it was when empty."""

    migrations = models.JSONField(default=dict)
    seeded = models.CharField(max_length=64, blank=True)
    blank = models.TextField(blank=True)

    def __str__(self) -> str:
        return "demo"


class DemoMail(models.Model):
    """A mail as it would have left, personal codes and links included."""

    message_id = models.CharField(max_length=255)
    sender = models.CharField(max_length=320)
    recipients = models.CharField(max_length=1000, db_index=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    language = models.CharField(max_length=35, blank=True)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.message_id
