"""The doors of the home page."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.core.blocks import LetterBlock, Untranslated


class PathBlock(Untranslated, blocks.CharBlock):
    """An address of this site without the language, for doors that lead to no page."""

    def __init__(self, **kwargs: object) -> None:
        relative = RegexValidator(
            r"^[a-z0-9][\w\-/]*/(\?[\w\-=&]+)?$", _("Enter it without the language, such as account/login/")
        )
        super().__init__(max_length=200, validators=[relative], **kwargs)


class DoorBlock(blocks.StructBlock):
    """One of the few things that people come for, in their words."""

    letter = LetterBlock(label=_("Letter in the arch"))
    title = blocks.CharBlock(label=_("What people want"), max_length=60)
    text = blocks.CharBlock(label=_("One line about it"), max_length=120, required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    path = PathBlock(
        label=_("Or an address of this site"), help_text=_("Such as account/login/"), required=False
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a door that leads nowhere or to two places."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["path"]):
            error = ValidationError(_("Choose a page or enter an address, one of both"))
            raise StructBlockValidationError(block_errors={"path": error})
        return cleaned

    class Meta:
        icon = "home"
        label = _("Door")
