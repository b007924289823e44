"""Parts of the accessibility statement and of the privacy notice."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import PLAIN_TEXT, PartialDateBlock


class BarrierBlock(blocks.StructBlock):
    """Something that not everybody can use yet."""

    what = blocks.CharBlock(label=_("What does not work"), max_length=250)
    why = blocks.CharBlock(label=_("Why"), max_length=250, required=False)
    instead = blocks.CharBlock(label=_("What helps meanwhile"), max_length=250, required=False)
    until = PartialDateBlock(label=_("Mended by"), required=False)

    class Meta:
        icon = "warning"
        label = _("Barrier")


class PurposeBlock(blocks.StructBlock):
    """One purpose of keeping data, as articles 13 and 14 of the GDPR ask for it."""

    title = blocks.CharBlock(label=_("Purpose"), max_length=150)
    data = blocks.CharBlock(label=_("Which data"), max_length=400)
    basis = blocks.CharBlock(label=_("Legal basis"), max_length=250)
    kept = blocks.CharBlock(label=_("How long"), max_length=250)
    recipients = blocks.CharBlock(label=_("Who gets them"), max_length=300, required=False)
    text = blocks.RichTextBlock(label=_("More"), features=PLAIN_TEXT, required=False)

    class Meta:
        icon = "lock"
        label = _("Purpose")
