"""One thing that somebody did or saw."""

import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.audit.models.immutable import WriteOnceModel, WriteOnceQuerySet


class EntryQuerySet(WriteOnceQuerySet):
    """Entries, and the only two changes that ever happen to them."""

    def without_payload(self) -> int:
        """Drop details and salt for good (`domain.erase`); the digest stays, so does the chain."""
        return models.QuerySet.update(self, details=None, salt="")

    def marked_sealed(self) -> int:
        """Note that these have their seal (`domain.seal`)."""
        return models.QuerySet.update(self, sealed=True)


class Entry(WriteOnceModel):
    """Who did what to which object, and when.

    Everything personal stands in `details`, of which the chain knows a salted digest only, so that
    it can be erased. The other fields are references and codes; they go into the chain as they are.
    References are plain numbers: a record outlives the person and the object that it speaks of.
    """

    at = models.DateTimeField(_("when"), db_index=True)
    action = models.CharField(_("action"), max_length=100, db_index=True)
    target_type = models.CharField(_("kind of object"), max_length=100, blank=True)
    target_id = models.CharField(_("object"), max_length=64, blank=True)
    unit_id = models.BigIntegerField(_("unit"), null=True, db_index=True)
    actor_id = models.BigIntegerField(_("person"), null=True, db_index=True)
    details = models.JSONField(_("details"), null=True)
    salt = models.CharField(max_length=64, blank=True)
    digest = models.CharField(_("digest of the details"), max_length=64)
    sealed = models.BooleanField(default=False)  # For speed only: verifying counts seals.

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ("-id",)
        default_permissions = ("view",)
        indexes = (
            models.Index(fields=("target_type", "target_id"), name="entries_of_an_object"),
            models.Index(fields=("id",), condition=Q(sealed=False), name="unsealed_entries"),
        )

    def __str__(self) -> str:
        return f"{self.action} #{self.pk}"

    @property
    def target(self) -> str:
        """Return the object as "cms_messages.message 17", or nothing."""
        return f"{self.target_type} {self.target_id}".strip()

    @property
    def erased(self) -> bool:
        """Tell whether the details were dropped for good."""
        return not self.salt

    def get_details_display(self) -> str:
        """Return the details as JSON that a person can read, or why there are none."""
        if self.erased:
            return str(_("erased"))
        return json.dumps(self.details, ensure_ascii=False)
