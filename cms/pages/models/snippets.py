"""What is written once and shown on many pages."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.core.streams import LeanStreamField
from cms.pages.blocks.hours import ExceptionBlock, HoursBlock
from cms.pages.enums import OrganisationKind

PHONE = RegexValidator(r"^\+?[0-9][0-9 ()/-]{4,38}$", _("Enter a telephone number such as +995 555 12 34 56"))


class PublicPerson(TranslatableMixin, models.Model):
    """A person as texts name them; nobody signs in with it."""

    name = models.CharField(_("name"), max_length=150)

    panels = [FieldPanel("name")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class PublicOrganisation(TranslatableMixin, models.Model):
    """An organisation as texts name it."""

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=OrganisationKind.options, default=OrganisationKind.CIVIC
    )
    website = models.URLField(_("website"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("short_name"), FieldPanel("kind"), FieldPanel("website")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.short_name or self.name


class Contact(TranslatableMixin, models.Model):
    """How to reach somebody."""

    label = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True, validators=[PHONE])
    address = models.TextField(_("address"), max_length=300, blank=True)
    note = models.CharField(
        _("note"), max_length=250, blank=True, help_text=_("Such as: please ring before you come.")
    )

    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("phone", overridable=False)]
    panels = [FieldPanel(name) for name in ("label", "email", "phone", "address", "note")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("label",)

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Refuse a contact without any way of contact."""
        super().clean()
        if not (self.email or self.phone or self.address):
            raise ValidationError(_("Enter an e-mail address, a telephone number or an address"))


class OpeningHours(TranslatableMixin, ClusterableModel):
    """When somebody is there, week by week, and when not."""

    label = models.CharField(_("name"), max_length=150)
    times = LeanStreamField([("hours", HoursBlock())], verbose_name=_("every week"), blank=True)
    exceptions = LeanStreamField([("exception", ExceptionBlock())], verbose_name=_("exceptions"), blank=True)
    by_appointment = models.BooleanField(_("by appointment only"), default=False)
    note = models.CharField(_("note"), max_length=250, blank=True)

    panels = [FieldPanel(name) for name in ("label", "times", "exceptions", "by_appointment", "note")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ("label",)

    def __str__(self) -> str:
        return self.label


class SiteNotice(TranslatableMixin, models.Model):
    """What everybody has to know for some days, shown on the home page."""

    text = models.CharField(_("text"), max_length=300)
    urgent = models.BooleanField(_("urgent"), default=False)
    begins = models.DateTimeField(_("shown from"), null=True, blank=True)
    ends = models.DateTimeField(_("shown until"), null=True, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )

    panels = [FieldPanel(name) for name in ("text", "urgent", "begins", "ends", "page")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-urgent", "begins", "pk")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Refuse a notice that ends before it begins."""
        super().clean()
        if self.begins and self.ends and self.ends <= self.begins:
            raise ValidationError({"ends": _("Enter a moment after the beginning")})
