"""A link of the chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.audit.models.immutable import WriteOnceModel, WriteOnceQuerySet


class SealQuerySet(WriteOnceQuerySet):
    """Seals are added, then read."""


class Seal(WriteOnceModel):
    """The place of one entry in the chain: position by order of sealing, without gaps."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField("cms_audit.Entry", models.PROTECT, related_name="seal")
    sealed_at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.position} {self.hash[:12]}"
