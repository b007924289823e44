"""What is written once and shown on many pages: venues, and the names of series."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.core.maps import map_link

FURTHEST_NORTH, FURTHEST_EAST = 90, 180


class Venue(TranslatableMixin, models.Model):
    """Where people meet, a row a language; dates point to any of them."""

    name = models.CharField(_("name"), max_length=150)
    address = models.CharField(_("address"), max_length=250)
    city = models.ForeignKey(
        "cms_pages.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("town or city"),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    directions = models.CharField(
        _("how to get there"), max_length=300, blank=True, help_text=_("Bus, landmark, which door.")
    )
    step_free = models.BooleanField(_("step-free"), default=False)
    lift = models.BooleanField(_("lift"), default=False)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    access_note = models.CharField(_("more about access"), max_length=250, blank=True)

    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField(name, overridable=False)
        for name in ("latitude", "longitude", "step_free", "lift", "hearing_loop")
    ]
    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldPanel("city"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("directions"),
        MultiFieldPanel(
            [
                FieldPanel("step_free"),
                FieldPanel("lift"),
                FieldPanel("hearing_loop"),
                FieldPanel("access_note"),
            ],
            _("Access"),
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def map_link(self) -> str:
        """Return the address of a map with the venue on it, or nothing."""
        return map_link(self.latitude, self.longitude)

    def clean(self) -> None:
        """Refuse half a position, and one that is not on this earth."""
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Enter both, latitude and longitude, or none")})
        north, east = self.latitude or Decimal(0), self.longitude or Decimal(0)
        if abs(north) > FURTHEST_NORTH or abs(east) > FURTHEST_EAST:
            raise ValidationError({"latitude": _("There is no such place on earth")})


class Series(TranslatableMixin, models.Model):
    """The name of a row of events, such as "Working meetings on integration"."""

    name = models.CharField(_("name"), max_length=200)

    panels = [FieldPanel("name")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
