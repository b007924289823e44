"""Blocks of pages of events."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks import CodeBlock, Untranslated
from cms.events.enums import PartyRole


class PartBlock(Untranslated, blocks.ChoiceBlock):
    """What an organisation has to do with it."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(choices=PartyRole.options, default=PartyRole.ORGANISER.value, **kwargs)


class PartyBlock(blocks.StructBlock):
    """An organisation that organises, helps or pays."""

    organisation = SnippetChooserBlock("cms_pages.PublicOrganisation", label=_("Organisation"))
    role = PartBlock(label=pgettext_lazy("of an organisation in an event", "Part"))

    class Meta:
        icon = "group"
        label = _("Organisation")


class ClockBlock(Untranslated, blocks.TimeBlock):
    """A time of day, the same in every language."""


class ProgrammeBlock(blocks.StructBlock):
    """One item of the programme."""

    time = ClockBlock(label=_("From"))
    title = blocks.CharBlock(label=_("What"), max_length=200)
    person = blocks.CharBlock(label=_("Who"), max_length=200, required=False)
    language = blocks.CharBlock(label=_("In which language"), max_length=60, required=False)
    dates = CodeBlock(
        label=_("Only on these dates"),
        max_length=60,
        required=False,
        help_text=_("Their numbers with commas, such as 1, 3. Empty: on all."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Item of the programme")
