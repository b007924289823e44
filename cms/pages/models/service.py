"""A service: who may have it, where, in which languages, what it costs, how it goes."""

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.core.fields import LanguagesField
from cms.core.pages import BasePage
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import page_blocks
from cms.pages.enums import Cost, ServiceState
from cms.pages.models.links import snippet_key
from cms.pages.models.lists import Audience, Topic


class ServicePage(BasePage):
    """What somebody can get, told by the questions that people ask."""

    letter = "რ"

    state = models.CharField(
        _("state"), max_length=12, choices=ServiceState.options, default=ServiceState.AVAILABLE
    )
    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"))
    audiences = ParentalManyToManyField(Audience, blank=True, verbose_name=_("for whom"))
    conditions = models.CharField(_("more about for whom"), max_length=300, blank=True)
    cost = models.CharField(_("cost"), max_length=12, choices=Cost.options, default=Cost.FREE)
    cost_note = models.CharField(_("more about the cost"), max_length=200, blank=True)
    languages = LanguagesField(verbose_name=_("languages"))
    interpreter = models.BooleanField(_("an interpreter can be asked for"), default=False)
    where = LeanStreamField(
        [
            (
                "page",
                blocks.PageChooserBlock(
                    page_type=["cms_pages.HubPage", "cms_pages.OfficePage"], label=_("Office or hub")
                ),
            )
        ],
        verbose_name=_("where"),
        blank=True,
    )
    steps = LeanStreamField(
        [("step", blocks.TextBlock(label=_("Step"), max_length=400))],
        verbose_name=_("how it goes"),
        blank=True,
    )
    bring = LeanStreamField(
        [("thing", blocks.CharBlock(label=_("Thing"), max_length=200))],
        verbose_name=_("what to bring"),
        blank=True,
    )
    contact = snippet_key("cms_pages.Contact", _("contact"))
    body = LeanStreamField(page_blocks(), verbose_name=_("more"), blank=True)

    parent_page_types = ["cms_pages.SectionPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("topics", overridable=False),
        SynchronizedField("audiences", overridable=False),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("state"),
        MultiFieldPanel(
            [
                FieldPanel("audiences", widget=CheckboxSelectMultiple),
                FieldPanel("conditions"),
                FieldPanel("topics", widget=CheckboxSelectMultiple),
            ],
            _("For whom"),
        ),
        FieldRowPanel([FieldPanel("cost"), FieldPanel("cost_note")]),
        MultiFieldPanel([FieldPanel("languages"), FieldPanel("interpreter")], _("Languages")),
        FieldPanel("where"),
        FieldPanel("steps"),
        FieldPanel("bring"),
        FieldPanel("contact"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
