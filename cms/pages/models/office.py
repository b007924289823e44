"""An office: what it may do and why, who works there and when."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from cms.core.blocks import PLAIN_TEXT
from cms.core.pages import BasePage
from cms.core.partial import PartialDateField
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import page_blocks
from cms.pages.blocks.office import DutyBlock, LegalBasisBlock
from cms.pages.blocks.people import StaffBlock
from cms.pages.models.links import snippet_key


class OfficePage(BasePage):
    """An office with mandate, duties, people and hours; what it says is true as of a date."""

    letter = "ო"

    mandate = RichTextField(_("mandate"), features=PLAIN_TEXT, blank=True)
    legal_basis = LeanStreamField(
        [("provision", LegalBasisBlock())], verbose_name=_("legal basis"), blank=True
    )
    duties = LeanStreamField([("duty", DutyBlock())], verbose_name=_("duties"), blank=True)
    staff = LeanStreamField([("member", StaffBlock())], verbose_name=_("staff"), blank=True)
    contact = snippet_key("cms_pages.Contact", _("contact"))
    hours = snippet_key("cms_pages.OpeningHours", _("office hours"))
    as_of = PartialDateField(
        _("information as of"), null=True, blank=True, help_text=_("A month is enough, such as 11.2023.")
    )
    responsible = snippet_key("cms_pages.PublicPerson", _("responsible for this page"))
    body = LeanStreamField(page_blocks(), verbose_name=_("more"), blank=True)

    parent_page_types = ["cms_pages.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("mandate"), FieldPanel("legal_basis")], _("What it rests on")),
        FieldPanel("duties"),
        FieldPanel("staff"),
        MultiFieldPanel([FieldPanel("contact"), FieldPanel("hours")], _("How to reach it")),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("as_of"), FieldPanel("responsible")]),
    ]

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
