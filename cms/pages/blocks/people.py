"""People and organisations with what they do, at the time the page speaks of."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks import CodeBlock, PartialDateBlock
from cms.pages.enums import PartyRole


def person_chooser(**options: object) -> SnippetChooserBlock:
    """Return a chooser of a person."""
    return SnippetChooserBlock("cms_pages.PublicPerson", label=_("Person"), **options)


def organisation_chooser(**options: object) -> SnippetChooserBlock:
    """Return a chooser of an organisation."""
    return SnippetChooserBlock("cms_pages.PublicOrganisation", label=_("Organisation"), **options)


class PersonBlock(blocks.StructBlock):
    """A person, their function and for whom, as it was then."""

    person = person_chooser()
    function = blocks.CharBlock(label=_("Function at that time"), max_length=150, required=False)
    organisation = organisation_chooser(required=False)

    class Meta:
        icon = "user"
        label = _("Person")


class PartyBlock(blocks.StructBlock):
    """An organisation and its part in the story."""

    organisation = organisation_chooser()
    role = blocks.ChoiceBlock(choices=PartyRole.options, label=_("Role"))

    class Meta:
        icon = "group"
        label = _("Organisation")


class StaffBlock(blocks.StructBlock):
    """Somebody of the office."""

    person = person_chooser()
    function = blocks.CharBlock(label=_("Function"), max_length=150)
    phone = CodeBlock(label=_("Telephone"), max_length=40, required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)

    class Meta:
        icon = "user"
        label = _("Member of staff")


class MemberBlock(blocks.StructBlock):
    """A member of a body."""

    person = person_chooser(required=False)
    function = blocks.CharBlock(label=_("Function"), max_length=150, required=False)
    organisation = organisation_chooser(required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a member of whom nothing is known."""
        cleaned = super().clean(value)
        if not (cleaned["person"] or cleaned["function"] or cleaned["organisation"]):
            error = ValidationError(_("Choose a person or an organisation, or enter a function"))
            raise StructBlockValidationError(block_errors={"person": error})
        return cleaned

    class Meta:
        icon = "user"
        label = _("Member")


class MeetingBlock(blocks.StructBlock):
    """A meeting of a body, past or planned."""

    date = PartialDateBlock(label=_("Date"))
    subject = blocks.CharBlock(label=_("Subject"), max_length=200)
    minutes = DocumentChooserBlock(label=_("Minutes"), required=False)

    class Meta:
        icon = "date"
        label = pgettext_lazy("of a body", "Meeting")
