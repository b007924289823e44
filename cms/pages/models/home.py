"""The home page, one a language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.core.pages import BasePage
from cms.core.streams import LeanStreamField
from cms.pages.blocks import DoorBlock


class HomePage(BasePage):
    """What the office is, and the doors to what people come for."""

    lead = models.TextField(
        _("lead"),
        max_length=300,
        help_text=_("One or two sentences under the title: what is here, for whom."),
    )
    doors = LeanStreamField([("door", DoorBlock())], verbose_name=_("doors"), blank=True, max_num=4)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types: list[str] = []

    content_panels = [*BasePage.content_panels, FieldPanel("lead"), FieldPanel("doors")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
