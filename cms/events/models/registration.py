"""What makes a submission a registration, and what keeps a seat for somebody."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.events.enums import RegistrationState, Source
from cms.events.models.occurrence import Occurrence


class Registration(models.Model):
    """One to one with a submission, which holds answers and history; the state is owned here.

    `seats` is the number of its attendees. Who waits is served by priority, then by `queued_at`.
    An offer has no end until the person was reached: its clock starts with the message.
    """

    submission = models.OneToOneField(
        "cms_forms.Submission", models.CASCADE, related_name="registration", verbose_name=_("submission")
    )
    occurrence = models.ForeignKey(
        Occurrence, models.PROTECT, related_name="registrations", verbose_name=_("date")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=RegistrationState.options, default=RegistrationState.DRAFT
    )
    source = models.CharField(_("came by"), max_length=10, choices=Source.options, default=Source.WEB)
    seats = models.PositiveSmallIntegerField(_("people"), default=1)
    priority = models.SmallIntegerField(_("priority"), default=0)
    priority_reason = models.CharField(_("reason"), max_length=250, blank=True)
    queued_at = models.DateTimeField(_("waiting since"), null=True, editable=False)
    offered_at = models.DateTimeField(_("offered"), null=True, editable=False)
    reached_at = models.DateTimeField(_("offer has reached the person"), null=True, editable=False)
    offer_ends_at = models.DateTimeField(_("offer ends"), null=True, editable=False)
    counted: Any = None
    """The seats of its date without its own, once counted by whoever has locked both; kept nowhere."""
    admitted: bool | None = None
    """Whether it gets seats at once, as was found with them."""
    sought: int | None = None
    """For how many people seats to keep were looked for when it was begun; kept nowhere either."""

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = (
            models.CheckConstraint(condition=Q(seats__gte=1), name="a_registration_has_people"),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.WAITLISTED) | Q(queued_at__isnull=False),
                name="who_waits_has_a_place_in_the_queue",
            ),
        )
        indexes = (
            models.Index(fields=("occurrence", "state", "-priority", "queued_at"), name="queue_for_a_date"),
            models.Index(
                fields=("offer_ends_at",),
                condition=Q(state=RegistrationState.OFFERED),
                name="offers_that_end",
            ),
        )

    def __str__(self) -> str:
        return f"{self.occurrence_id} #{self.submission_id}"

    @property
    def unit_id(self) -> int:
        """Return the key of the unit: that of the submission."""
        return int(self.submission.unit_id)

    @property
    def too_large(self) -> bool:
        """Tell whether it is a group larger than all seats together: others in the list go past it."""
        return self.seats > (self.occurrence.capacity or self.seats)


class Attendee(models.Model):
    """A person who comes, by the name that was told."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="attendees")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("registration", "position"), name="one_attendee_a_position"),
        )

    def __str__(self) -> str:
        return f"{self.registration_id} #{self.position}"


class Hold(models.Model):
    """Seats kept for somebody who is still writing: until `expires_at`, and never beyond `ends_at`."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="holds")
    submission = models.OneToOneField("cms_forms.Submission", models.CASCADE, related_name="hold")
    seats = models.PositiveSmallIntegerField(_("seats"))
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("kept until"))
    ends_at = models.DateTimeField(_("at the longest until"))

    class Meta:
        verbose_name = _("kept seats")
        verbose_name_plural = _("kept seats")
        indexes = (models.Index(fields=("occurrence", "expires_at"), name="live_holds"),)

    def __str__(self) -> str:
        return f"{self.occurrence_id} #{self.submission_id}"
