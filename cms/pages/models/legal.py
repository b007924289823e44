"""Pages that the law asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from cms.core.blocks import PLAIN_TEXT
from cms.core.pages import BasePage
from cms.core.partial import PartialDateField
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import page_blocks
from cms.pages.blocks.legal import BarrierBlock, PurposeBlock
from cms.pages.enums import Conformance
from cms.pages.models.links import snippet_key


class AccessibilityPage(BasePage):
    """The accessibility statement, as Commission Implementing Decision (EU) 2018/1523 sets it out."""

    letter = "ხ"

    conformance = models.CharField(
        _("conformance"), max_length=10, choices=Conformance.options, default=Conformance.PARTIAL
    )
    standard = models.CharField(_("standard"), max_length=150, default="EN 301 549, WCAG 2.2 AA")
    assessed = PartialDateField(_("last assessed"), null=True, blank=True)
    method = models.CharField(_("how it was assessed"), max_length=300, blank=True)
    barriers = LeanStreamField(
        [("barrier", BarrierBlock())], verbose_name=_("what does not work yet"), blank=True
    )
    contact = snippet_key("cms_pages.Contact", _("whom to tell"))
    enforcement = RichTextField(_("who decides if we do not help"), features=PLAIN_TEXT, blank=True)
    body = LeanStreamField(page_blocks(), verbose_name=_("more"), blank=True)

    parent_page_types = ["cms_pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("standard", overridable=False),
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("conformance"), FieldPanel("standard")]),
                FieldRowPanel([FieldPanel("assessed"), FieldPanel("method")]),
            ],
            _("State"),
        ),
        FieldPanel("barriers"),
        FieldPanel("contact"),
        FieldPanel("enforcement"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")


class PrivacyPage(BasePage):
    """The privacy notice: what is kept, why, how long, and what people may ask for (GDPR, 13 and 14)."""

    letter = "ხ"

    controller = snippet_key("cms_pages.Contact", _("who is responsible"))
    officer = snippet_key("cms_pages.Contact", _("data protection officer"))
    purposes = LeanStreamField([("purpose", PurposeBlock())], verbose_name=_("purposes"), blank=True)
    rights = RichTextField(_("rights of people"), features=PLAIN_TEXT, blank=True)
    body = LeanStreamField(page_blocks(), verbose_name=_("more"), blank=True)

    parent_page_types = ["cms_pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("controller"), FieldPanel("officer")], _("Who")),
        FieldPanel("purposes"),
        FieldPanel("rights"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
