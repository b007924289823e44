"""Parts of a project: money, phases, what it reaches."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.core.blocks import PartialDateBlock
from cms.pages.blocks.people import organisation_chooser


class FunderBlock(blocks.StructBlock):
    """Who pays which share, and what has to be said about it."""

    organisation = organisation_chooser()
    share = blocks.DecimalBlock(
        label=_("Share in per cent"),
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=2,
        required=False,
    )
    acknowledgement = blocks.CharBlock(
        label=_("Words that its rules ask for"), max_length=300, required=False
    )

    class Meta:
        icon = "group"
        label = _("Funder")


class PhaseBlock(blocks.StructBlock):
    """A phase, to the month or to the day."""

    title = blocks.CharBlock(label=_("Phase"), max_length=150)
    begins = PartialDateBlock(label=_("Begins"))
    ends = PartialDateBlock(label=_("Ends"), required=False)
    text = blocks.TextBlock(label=_("What happens"), max_length=600, required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a phase that ends before it begins."""
        cleaned = super().clean(value)
        if cleaned["ends"] and cleaned["ends"].last < cleaned["begins"].first:
            error = ValidationError(_("Enter a date after the beginning"))
            raise StructBlockValidationError(block_errors={"ends": error})
        return cleaned

    class Meta:
        icon = "date"
        label = _("Phase")


class IndicatorBlock(blocks.StructBlock):
    """What the project counts: what it wants and what it has reached."""

    name = blocks.CharBlock(label=_("What is counted"), max_length=200)
    target = blocks.DecimalBlock(label=pgettext_lazy("of what is counted", "Target"), min_value=Decimal(0))
    result = blocks.DecimalBlock(label=_("Result so far"), min_value=Decimal(0), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Indicator")
