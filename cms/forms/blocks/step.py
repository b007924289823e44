"""A step: one page of a form."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.forms.blocks.parts import PLAIN, ConditionsBlock, KeyBlock
from cms.forms.blocks.questions import question_blocks


class StepBlock(blocks.StructBlock):
    """One page with what is asked on it."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    short = blocks.CharBlock(label=_("Short title"), max_length=30, help_text=_("For the row of steps."))
    key = KeyBlock(label=_("Key"), help_text=_("Stands in the address of the step."))
    intro = blocks.RichTextBlock(label=_("Introduction"), features=PLAIN, required=False)
    condition = ConditionsBlock()
    items = blocks.StreamBlock(question_blocks(), label=_("Questions"), collapsed=True)

    class Meta:
        label = _("Step")
        label_format = "{title}"
        icon = "list-ol"
