"""Running text of our pages: the shared blocks and those that show a snippet or a list."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks import body_blocks
from cms.pages.enums import ListingLayout


class ContactBlock(SnippetChooserBlock):
    """A contact, written once and shown everywhere."""

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "cms_pages/blocks/contact.html"


class OpeningHoursBlock(SnippetChooserBlock):
    """Opening hours, written once and shown everywhere."""

    class Meta:
        icon = "time"
        label = _("Opening hours")
        template = "cms_pages/blocks/hours.html"


class ListingBlock(blocks.StructBlock):
    """The newest or first pages below a page, narrowed if need be."""

    title = blocks.CharBlock(label=_("Heading"), max_length=100)
    source = blocks.PageChooserBlock(
        label=_("Pages below"),
        page_type=[
            "cms_pages.NewsIndexPage",
            "cms_pages.SectionPage",
            "cms_events.EventIndexPage",
            "cms_grants.CallIndexPage",
        ],
        help_text=_("Of the calendar it shows the next dates, of the calls those that are open."),
    )
    topic = SnippetChooserBlock("cms_pages.Topic", label=_("Topic"), required=False)
    place = SnippetChooserBlock("cms_pages.Place", label=_("Place"), required=False)
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=12, default=3)
    layout = blocks.ChoiceBlock(
        label=_("Layout"), choices=ListingLayout.options, default=ListingLayout.ENTRIES.value
    )

    class Meta:
        icon = "list-ul"
        label = _("List of pages")
        template = "cms_pages/blocks/listing.html"


def page_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of our pages, anew for each field."""
    return [
        *body_blocks(),
        ("contact", ContactBlock("cms_pages.Contact")),
        ("hours", OpeningHoursBlock("cms_pages.OpeningHours")),
        ("listing", ListingBlock()),
    ]
