"""Opening hours."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.pages.enums import Weekday


class HoursBlock(blocks.StructBlock):
    """From when to when on one day of the week; a day may stand twice, with a break between."""

    day = blocks.ChoiceBlock(choices=Weekday.options, label=_("Day"))
    opens = blocks.TimeBlock(label=_("From"))
    closes = blocks.TimeBlock(label=_("Until"))

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse hours that end before they begin."""
        cleaned = super().clean(value)
        if cleaned["opens"] >= cleaned["closes"]:
            error = ValidationError(_("Enter a time after the beginning"))
            raise StructBlockValidationError(block_errors={"closes": error})
        return cleaned

    class Meta:
        icon = "time"
        label = _("Hours")


class ExceptionBlock(blocks.StructBlock):
    """Days on which the hours are different; without hours, nobody is there."""

    first = blocks.DateBlock(label=_("First day"))
    last = blocks.DateBlock(label=_("Last day"), required=False)
    opens = blocks.TimeBlock(label=_("From"), required=False)
    closes = blocks.TimeBlock(label=_("Until"), required=False)
    reason = blocks.CharBlock(label=_("Reason"), max_length=150, required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse days and hours that end before they begin, and hours without an end."""
        cleaned = super().clean(value)
        errors = {}
        if cleaned["last"] and cleaned["last"] < cleaned["first"]:
            errors["last"] = ValidationError(_("Enter a day after the first one"))
        if bool(cleaned["opens"]) != bool(cleaned["closes"]):
            missing = "closes" if cleaned["opens"] else "opens"
            errors[missing] = ValidationError(_("Enter both times, or none if nobody is there"))
        elif cleaned["opens"] and cleaned["opens"] >= cleaned["closes"]:
            errors["closes"] = ValidationError(_("Enter a time after the beginning"))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "date"
        label = _("Exception")
