"""A project: who pays, who takes part, what it reaches."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.core.formats.money import Currency
from cms.core.pages import BasePage
from cms.core.partial import PartialDateField
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import page_blocks
from cms.pages.blocks.people import PartyBlock
from cms.pages.blocks.project import FunderBlock, IndicatorBlock, PhaseBlock
from cms.pages.enums import ProjectState
from cms.pages.models.links import snippet_key
from cms.pages.models.lists import Place, Topic


class ProjectPage(BasePage):
    """A project with funders and their shares, partners, phases and indicators."""

    letter = "პ"

    state = models.CharField(
        _("state"), max_length=12, choices=ProjectState.options, default=ProjectState.RUNNING
    )
    begins = PartialDateField(_("begins"), null=True, blank=True)
    ends = PartialDateField(_("ends"), null=True, blank=True)
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.options, default=Currency.GEL)
    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"))
    places = ParentalManyToManyField(Place, blank=True, verbose_name=_("places"))
    funders = LeanStreamField([("funder", FunderBlock())], verbose_name=_("funders"), blank=True)
    partners = LeanStreamField([("partner", PartyBlock())], verbose_name=_("partners"), blank=True)
    phases = LeanStreamField([("phase", PhaseBlock())], verbose_name=_("phases"), blank=True)
    indicators = LeanStreamField([("indicator", IndicatorBlock())], verbose_name=_("indicators"), blank=True)
    contact = snippet_key("cms_pages.Contact", _("contact"))
    body = LeanStreamField(page_blocks(), verbose_name=_("text"), blank=True)

    parent_page_types = ["cms_pages.SectionPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("topics", overridable=False),
        SynchronizedField("places", overridable=False),
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("state"),
                FieldRowPanel([FieldPanel("begins"), FieldPanel("ends")]),
                FieldRowPanel([FieldPanel("budget"), FieldPanel("currency")]),
                FieldPanel("topics", widget=CheckboxSelectMultiple),
                FieldPanel("places", widget=CheckboxSelectMultiple),
            ],
            _("In short"),
        ),
        FieldPanel("body"),
        FieldPanel("funders"),
        FieldPanel("partners"),
        FieldPanel("phases"),
        FieldPanel("indicators"),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def clean(self) -> None:
        """Refuse an end before the beginning and shares of more than everything."""
        super().clean()
        errors = {}
        if self.begins and self.ends and self.ends.last < self.begins.first:
            errors["ends"] = _("Enter a date after the beginning")
        if sum(block.value["share"] or 0 for block in self.funders) > 100:  # noqa: PLR2004 - per cent
            errors["funders"] = _("The shares are more than 100 per cent")
        if errors:
            raise ValidationError(errors)
