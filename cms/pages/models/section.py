"""A section: pages of any kind below one another, with one letter."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.core.pages import BasePage
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import page_blocks

PAGES_OF_SECTIONS = [
    "cms_pages.SectionPage",
    "cms_pages.OfficePage",
    "cms_pages.HubPage",
    "cms_pages.ServicePage",
    "cms_pages.ProjectPage",
    "cms_pages.BodyPage",
    "cms_pages.StandardPage",
]


class SectionPage(BasePage):
    """Offices, hubs, services, projects …: what is below it is listed by itself."""

    letter = models.CharField(
        _("letter in the arch"),
        max_length=1,
        default="ო",
        validators=[RegexValidator("^[ა-ჰ]$", _("Enter one Georgian letter"))],
        help_text=_("One Georgian letter, the same in every language."),
    )
    body = LeanStreamField(page_blocks(), verbose_name=_("text above the list"), blank=True)

    parent_page_types = ["cms_pages.HomePage", "cms_pages.SectionPage"]
    subpage_types = PAGES_OF_SECTIONS
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("letter", overridable=False),
    ]
    content_panels = [*BasePage.content_panels, FieldPanel("letter"), FieldPanel("body")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class StandardPage(BasePage):
    """A text that is nothing more special."""

    body = LeanStreamField(page_blocks(), verbose_name=_("text"), blank=True)

    parent_page_types = ["cms_pages.HomePage", "cms_pages.SectionPage", "cms_pages.StandardPage"]
    subpage_types = ["cms_pages.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
