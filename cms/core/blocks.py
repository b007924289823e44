"""Blocks of running text that pages of every room use, and parts of blocks."""

from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from cms.core.languages import direction, language_choices
from cms.core.partial import PartialDate, PartialDateFormField

RICH_TEXT = ["h3", "bold", "ul", "ol", "link", "document-link"]
"""What editors may do inside a text; headings of sections are blocks of their own."""

PLAIN_TEXT = ["bold", "ul", "ol", "link"]
"""The same for short texts in a box."""


class Untranslated:
    """Before a block class: its value is a code, equal in all languages, and never translated."""

    def get_translatable_segments(self, value: Any) -> list[Any]:  # noqa: ARG002 - localize's signature
        """Give wagtail-localize nothing to translate."""
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:  # noqa: ARG002 - as above
        """Keep the value of the source."""
        return value


class LetterBlock(Untranslated, blocks.CharBlock):
    """One Georgian letter, shown in an arch in every language."""

    def __init__(self, **kwargs: Any) -> None:
        one_letter = RegexValidator("^[ა-ჰ]$", _("Enter one Georgian letter"))
        super().__init__(max_length=1, validators=[one_letter], **kwargs)


class CodeBlock(Untranslated, blocks.CharBlock):
    """A short text that is the same in every language: a number, an article, an act's short name."""


class PartialDateBlock(Untranslated, blocks.FieldBlock):
    """A date that may leave out the day, or day and month."""

    def __init__(self, *, required: bool = True, help_text: str = "", **kwargs: Any) -> None:
        self.field = PartialDateFormField(required=required, help_text=help_text or None)
        super().__init__(**kwargs)

    def to_python(self, value: str | None) -> PartialDate | None:
        """Read what the database keeps."""
        return PartialDate.parse(value) if value else None

    def get_prep_value(self, value: PartialDate | None) -> str:
        """Return what the database keeps: ISO 8601, as "2023-11"."""
        return str(value) if value else ""

    class Meta:
        icon = "date"


class LanguageBlock(blocks.ChoiceBlock):
    """The language of a text that stands in another one than its page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=language_choices, **kwargs)


class HeadingBlock(blocks.CharBlock):
    """The heading of a section."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        preview_value = _("When we are there")


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": RICH_TEXT, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        preview_value = _("<p>Everybody may come, with or without papers.</p>")


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows, in words."""

    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Words of somebody else, if need be in their language."""

    text = blocks.TextBlock(label=_("Quoted words"), max_length=1000)
    source = blocks.CharBlock(label=_("Who said or wrote it"), max_length=200, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
        preview_value = {
            "text": _("Here somebody listened to me for the first time."),
            "source": _("Somebody who came to us"),
        }


class NoticeBlock(blocks.StructBlock):
    """What nobody must overlook."""

    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN_TEXT)
    urgent = blocks.BooleanBlock(label=_("Urgent"), required=False)

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "blocks/notice.html"
        preview_value = {"text": _("<p>On Thursday the office stays closed.</p>"), "urgent": True}


class OwnTextBlock(Untranslated, blocks.RichTextBlock):
    """A text that nobody translates."""


class PassageBlock(blocks.StructBlock):
    """A text that stays in its own language, whatever the page is translated into."""

    language = LanguageBlock(label=_("Language"))
    text = OwnTextBlock(label=_("Text"), features=RICH_TEXT)

    class Meta:
        icon = "globe"
        label = _("Passage in another language")
        template = "blocks/passage.html"
        preview_value = {"language": "ar", "text": "<p>يمكن للجميع المجيء، بأوراق أو بدونها.</p>"}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the direction of the passage's language."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"direction": direction(value["language"] or "")}


class FilesBlock(blocks.StructBlock):
    """Documents to download, with size and kind."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    files = blocks.ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"), min_num=1)

    class Meta:
        icon = "download"
        label = _("Documents")
        template = "blocks/files.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of running text, anew for each field."""
    return [
        ("heading", HeadingBlock(max_length=150)),
        ("text", TextBlock()),
        ("picture", PictureBlock()),
        ("quote", QuoteBlock()),
        ("notice", NoticeBlock()),
        ("passage", PassageBlock()),
        ("files", FilesBlock()),
    ]
