"""Files that people hand in: private, under random names."""

import uuid

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.forms.models.submission import Submission


def private_storage() -> Storage:
    """Return the storage that no web server hands out."""
    return storages["private"]


def random_name(upload: "Upload", _filename: str) -> str:
    """Return a name that tells nothing: neither what it is nor whose."""
    return f"uploads/{upload.token.hex[:2]}/{upload.token.hex}"


class Upload(models.Model):
    """One file as an answer to one question.

    Removed ones stay until a job deletes them; what was sent once (`frozen`) is kept with what was sent.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="uploads")
    question = models.CharField(_("question"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    type = models.CharField(_("type"), max_length=10)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=random_name, max_length=200)
    frozen = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("uploaded"), default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("removed_at",),
                condition=models.Q(removed_at__isnull=False, frozen=False),
                name="uploads_to_delete",
            ),
        )

    def __str__(self) -> str:
        return self.name
