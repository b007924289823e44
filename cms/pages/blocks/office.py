"""What an office rests on and what it does."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import CodeBlock, LanguageBlock, Untranslated


class OwnWordsBlock(Untranslated, blocks.TextBlock):
    """A text that is quoted in its own language on every page."""


class LegalBasisBlock(blocks.StructBlock):
    """One provision, structured so that it can be cited, linked and compared."""

    jurisdiction = blocks.CharBlock(label=_("Jurisdiction"), max_length=120, help_text=_("Such as Saxony."))
    act = blocks.CharBlock(label=_("Act"), max_length=200)
    article = CodeBlock(label=_("Article"), max_length=20, required=False)
    paragraph = CodeBlock(label=_("Paragraph"), max_length=20, required=False)
    link = blocks.URLBlock(label=_("Link to the text"), required=False)
    quotation = OwnWordsBlock(label=_("Quotation"), max_length=1500, required=False)
    language = LanguageBlock(label=_("Language of the quotation"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Provision")


class DutyPartBlock(blocks.StructBlock):
    """A part of a duty, which may have parts itself."""

    text = blocks.CharBlock(label=_("Part"), max_length=300)
    parts = blocks.ListBlock(
        blocks.CharBlock(max_length=300, label=_("Part")), label=_("Its parts"), default=[]
    )

    class Meta:
        label = _("Part")


class DutyBlock(blocks.StructBlock):
    """One duty; lists in lists, three levels deep."""

    text = blocks.CharBlock(label=_("Duty"), max_length=300)
    parts = blocks.ListBlock(DutyPartBlock(), label=_("Parts"), default=[])

    class Meta:
        icon = "list-ul"
        label = _("Duty")
