"""A service hub: a door in the neighbourhood."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.core.fields import LanguagesField
from cms.core.maps import map_link
from cms.core.pages import BasePage
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import page_blocks
from cms.pages.enums import StepFree
from cms.pages.models.links import snippet_key
from cms.pages.models.lists import Place


class HubPage(BasePage):
    """Where it is, when somebody is there, and which languages they speak."""

    letter = "ც"

    unit = models.ForeignKey(
        "cms_accounts.Unit",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
        help_text=_("The hub among the units, if it works in this system."),
    )
    address = models.CharField(_("address"), max_length=250)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    directions = models.CharField(
        _("how to get there"), max_length=300, blank=True, help_text=_("Bus, landmark, which door.")
    )
    step_free = models.CharField(_("access"), max_length=10, choices=StepFree.options, default=StepFree.NO)
    access_note = models.CharField(_("more about access"), max_length=250, blank=True)
    languages = LanguagesField(verbose_name=_("languages spoken"))
    contact = snippet_key("cms_pages.Contact", _("contact"))
    hours = snippet_key("cms_pages.OpeningHours", _("hours"))
    body = LeanStreamField(page_blocks(), verbose_name=_("more"), blank=True)

    parent_page_types = ["cms_pages.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("directions"),
            ],
            _("Where"),
        ),
        MultiFieldPanel([FieldPanel("step_free"), FieldPanel("access_note")], _("Access")),
        MultiFieldPanel(
            [FieldPanel("contact"), FieldPanel("hours"), FieldPanel("languages")], _("When and who")
        ),
        FieldPanel("body"),
        FieldPanel("unit"),
    ]

    class Meta:
        verbose_name = _("service hub")
        verbose_name_plural = _("service hubs")

    @property
    def map_link(self) -> str:
        """Return the address of a map with the hub on it, or nothing."""
        return map_link(self.latitude, self.longitude)

    def clean(self) -> None:
        """Refuse half a position, and one that is not on this earth."""
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Enter both, latitude and longitude, or none")})
        north, east = self.latitude or Decimal(0), self.longitude or Decimal(0)
        if abs(north) > 90 or abs(east) > 180:  # noqa: PLR2004 - poles and date line
            raise ValidationError({"latitude": _("There is no such place on earth")})
