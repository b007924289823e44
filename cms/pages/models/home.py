"""The home page, one a language."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.core.pages import BasePage
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import ListingBlock
from cms.pages.blocks.doors import DoorBlock


class HomePage(BasePage):
    """What the office is, the doors to what people come for, and what is new."""

    doors = LeanStreamField([("door", DoorBlock())], verbose_name=_("doors"), blank=True, max_num=4)
    lists = LeanStreamField([("listing", ListingBlock())], verbose_name=_("lists"), blank=True, max_num=4)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms_pages.NewsIndexPage",
        "cms_pages.SectionPage",
        "cms_pages.StandardPage",
        "cms_pages.AccessibilityPage",
        "cms_pages.PrivacyPage",
    ]

    content_panels = [*BasePage.content_panels, FieldPanel("doors"), FieldPanel("lists")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
