"""One date of an event: when, where, how many seats."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Min, Q
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.core.fields import WallTimeField
from cms.core.pages import ShownOnPages
from cms.core.partial import PartialDate, PartialDateField
from cms.core.zones import in_utc, must_exist, validate_zone, zone_choices
from cms.events.deadlines import standing
from cms.events.enums import EventState, OccurrenceStatus, Precision, Standing
from cms.events.models.event import Event

DERIVED = ("starts_at", "ends_at", "opens_at", "closes_at", "cancel_until")


class Occurrence(ShownOnPages, models.Model):
    """A date, as exactly as it is known; all languages share its seats.

    Day and times are those of clocks in its zone, which is what was announced; the moments in UTC are
    derived from them at each save and are never empty for the beginning and the end. Seats are
    counted from registrations and holds (`cms.events.seats`), never kept here.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="occurrences", verbose_name=_("event"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=OccurrenceStatus.options, default=OccurrenceStatus.SCHEDULED
    )
    on: "models.Field[Any, PartialDate]" = PartialDateField(  # type: ignore[assignment]  # never empty here
        _("date"), help_text=_("May be a month only, as long as the day is not known.")
    )
    begins = models.TimeField(_("from"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("If it takes several."))
    ends = models.TimeField(_("until"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, choices=zone_choices, default="Asia/Tbilisi")
    city = models.ForeignKey(
        "cms_pages.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("town or city"),
        help_text=_("Enough as long as the venue is not known."),
    )
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
        help_text=_("Instead of a venue, if it takes place at a hub."),
    )
    online = models.BooleanField(_("online"), default=False)
    online_link = models.URLField(
        _("link to the meeting"),
        blank=True,
        help_text=_("Only people with a confirmed registration see it."),
    )
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    waiting_limit = models.PositiveIntegerField(
        _("people on the waiting list at most"),
        null=True,
        blank=True,
        help_text=_("Empty: no limit. 0: no waiting list."),
    )
    opens_wall = WallTimeField(_("registration opens"), null=True, blank=True)
    closes_wall = WallTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty: when it begins.")
    )
    cancel_wall = WallTimeField(
        _("people change their answers themselves until"),
        null=True,
        blank=True,
        help_text=_("Empty: until it begins."),
    )
    starts_at = models.DateTimeField(editable=False, db_index=True)
    ends_at = models.DateTimeField(editable=False)
    opens_at = models.DateTimeField(null=True, editable=False)
    closes_at = models.DateTimeField(editable=False)
    cancel_until = models.DateTimeField(editable=False)
    recurrence = models.ForeignKey(
        "cms_events.Recurrence",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="occurrences",
        verbose_name=_("rule"),
    )
    detached = models.BooleanField(_("changed by hand"), default=False, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("date of an event")
        verbose_name_plural = _("dates of events")
        ordering = ("starts_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("event", "number"), name="one_occurrence_a_number"),
            models.UniqueConstraint(
                fields=("recurrence", "on", "begins"),
                condition=Q(detached=False),
                name="one_occurrence_a_slot",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="an_occurrence_starts_before_it_ends"
            ),
            models.CheckConstraint(condition=Q(venue=None) | Q(hub=None), name="an_occurrence_has_one_place"),
        )
        indexes = (models.Index(fields=("event", "starts_at"), name="dates_of_an_event"),)

    def __str__(self) -> str:
        return f"{self.code} · {self.on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the moments in UTC in step with what clocks show."""
        self.derive()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, *DERIVED}
        super().save(*args, **kwargs)

    @property
    def code(self) -> str:
        """Return code and number, as addresses and staff name it."""
        return f"{self.event.code}/{self.number}"

    @property
    def unit_id(self) -> int:
        """Return the key of the unit: that of the event."""
        return int(self.event.unit_id)

    @property
    def precision(self) -> Precision:
        """Return how exactly it is known when it is."""
        if self.on.day is None:
            return Precision.MONTH
        return Precision.EXACT if self.begins else Precision.DAY

    @property
    def begin(self) -> datetime:
        """Return when it begins; while the hour is not known, when it is over."""
        return self.starts_at if self.begins else self.ends_at

    def clean(self) -> None:
        """Refuse what cannot be: an end before the beginning, hours without a day, two places."""
        super().clean()
        errors: dict[str, Any] = self._impossible_hours()
        if self.on and self.on.month is None:
            errors["on"] = _("Enter at least the month")
        elif self.on and self.on.day is None and (self.begins or self.last_day):
            errors["on"] = _("Enter the day, or leave out the hours")
        if self.ends and not self.begins:
            errors["begins"] = _("Enter when it begins")
        if self.venue_id and self.hub_id:
            errors["hub"] = _("Choose a venue or a hub, not both")
        if errors:
            raise ValidationError(errors)
        if not self.on:
            return  # The field says what is wrong with it.
        self.derive()
        if self.starts_at >= self.ends_at:
            raise ValidationError({"ends": _("It must end after it begins")})
        if self.opens_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_wall": _("Registration must close after it opens")})

    def _impossible_hours(self) -> dict[str, Any]:
        """Return what is wrong with the zone, or with hours that clocks leave out that night."""
        try:
            validate_zone(self.zone)
        except ValidationError as error:
            return {"zone": error}
        errors: dict[str, Any] = {}
        if not self.on or self.on.day is None:
            return errors
        hours = {"begins": (self.on.first, self.begins), "ends": (self.last_day or self.on.last, self.ends)}
        for name, (day, hour) in hours.items():
            try:
                if hour:
                    must_exist(datetime.combine(day, hour), self.zone)
            except ValidationError as error:
                errors[name] = error
        return errors

    def derive(self) -> None:
        """Reckon the moments in UTC from day, times and zone."""
        midnight = time(0)
        self.starts_at = in_utc(datetime.combine(self.on.first, self.begins or midnight), self.zone)
        last = self.last_day or self.on.last
        if self.ends:
            self.ends_at = in_utc(datetime.combine(last, self.ends), self.zone)
        else:
            self.ends_at = in_utc(datetime.combine(last + timedelta(days=1), midnight), self.zone)
        self.opens_at = in_utc(self.opens_wall, self.zone) if self.opens_wall else None
        self.closes_at = in_utc(self.closes_wall, self.zone) if self.closes_wall else self.begin
        self.cancel_until = in_utc(self.cancel_wall, self.zone) if self.cancel_wall else self.begin

    def standing(self, moment: datetime | None = None) -> Standing:
        """Return what the date means to somebody who wants to come, by default now."""
        return standing(
            state=EventState(self.event.state),
            status=OccurrenceStatus(self.status),
            precision=self.precision,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            ends_at=self.ends_at,
            moment=moment or clock.now(),
        )

    @classmethod
    def any_changes_at(cls, moment: datetime, **which: Any) -> datetime | None:
        """Return the next moment, not before `moment`, at which any date opens, closes or ends."""
        names = ("opens_at", "closes_at", "ends_at")
        ahead = {name: Min(name, filter=Q(**{f"{name}__gte": moment})) for name in names}
        live = cls.objects.filter(event__state=EventState.LIVE, **which)
        edges = live.aggregate(**ahead)
        return min((edge for edge in edges.values() if edge), default=None)
