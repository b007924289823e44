"""The home page, one a language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.core.pages import BasePage
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import ListingBlock
from cms.pages.blocks.doors import DoorBlock
from cms.pages.models.links import snippet_key


class HomePage(BasePage):
    """What the office is, the doors to what people come for, and what is new.

    Its short title names the office at the head of every page, its text and contact stand at the foot.
    """

    about = models.TextField(
        _("about the office"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences at the foot of every page."),
    )
    contact = snippet_key("cms_pages.Contact", _("contact at the foot"))

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

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("doors"),
        FieldPanel("lists"),
        MultiFieldPanel([FieldPanel("about"), FieldPanel("contact")], _("At the foot of every page")),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
