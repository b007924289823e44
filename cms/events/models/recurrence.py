"""A rule by which dates of an event come again and again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.zones import zone_choices
from cms.events.models.event import Event


class Recurrence(models.Model):
    """A rule (a subset of RFC 5545, see `cms.events.recurrence`) and what its dates have in common.

    A nightly job makes the dates of the next twelve months. A date that somebody has changed by hand
    is detached: the rule never touches it again, and makes no other in its place.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="recurrences", verbose_name=_("event"))
    rule = models.TextField(_("rule"), help_text=_("As in calendars: DTSTART and RRULE of RFC 5545."))
    minutes = models.PositiveIntegerField(_("minutes"))
    skip = models.JSONField(_("days left out"), default=list, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, choices=zone_choices, default="Asia/Tbilisi")
    venue = models.ForeignKey(
        "cms_events.Venue",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("venue"),
    )
    hub = models.ForeignKey(
        "cms_pages.HubPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hub"),
    )
    city = models.ForeignKey(
        "cms_pages.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("town or city"),
    )
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    waiting_limit = models.PositiveIntegerField(
        _("people on the waiting list at most"), null=True, blank=True
    )
    made_until = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("rule for dates")
        verbose_name_plural = _("rules for dates")
        ordering = ("event", "id")

    def __str__(self) -> str:
        return f"{self.event_id} #{self.pk}"
