"""A body that advises or decides: an advisory council, a round table."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField

from cms.core.blocks import PLAIN_TEXT
from cms.core.pages import BasePage
from cms.core.partial import PartialDateField
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import page_blocks
from cms.pages.blocks.people import MeetingBlock, MemberBlock
from cms.pages.enums import BodyKind
from cms.pages.models.links import snippet_key


class BodyPage(BasePage):
    """Who sits in it, for how long, and when it meets."""

    letter = "ს"

    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.options, default=BodyKind.COUNCIL)
    mandate = RichTextField(_("mandate"), features=PLAIN_TEXT, blank=True)
    term_begins = PartialDateField(_("term begins"), null=True, blank=True)
    term_ends = PartialDateField(_("term ends"), null=True, blank=True)
    members = LeanStreamField([("member", MemberBlock())], verbose_name=_("members"), blank=True)
    meetings = LeanStreamField([("meeting", MeetingBlock())], verbose_name=_("meetings"), blank=True)
    contact = snippet_key("cms_pages.Contact", _("contact"))
    body = LeanStreamField(page_blocks(), verbose_name=_("more"), blank=True)

    parent_page_types = ["cms_pages.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("mandate"),
        FieldRowPanel([FieldPanel("term_begins"), FieldPanel("term_ends")]),
        FieldPanel("members"),
        FieldPanel("meetings"),
        FieldPanel("contact"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def clean(self) -> None:
        """Refuse a term that ends before it begins."""
        super().clean()
        if self.term_begins and self.term_ends and self.term_ends.last < self.term_begins.first:
            raise ValidationError({"term_ends": _("Enter a date after the beginning")})
