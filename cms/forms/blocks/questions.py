"""One block for each type of question."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.forms.blocks.parts import (
    PLAIN,
    AmountBlock,
    CareBlock,
    ChoiceBlock,
    ConditionsBlock,
    DayBlock,
    FlagBlock,
    KeyBlock,
    NumberBlock,
    OptionBlock,
    OptionsBlock,
)
from cms.forms.enums import Pii, QuestionRole
from cms.forms.questions.people import MOST_PEOPLE

CURRENCIES = [("EUR", "EUR"), ("GEL", "GEL"), ("USD", "USD"), ("CHF", "CHF")]
FILE_TYPES = [
    (code, code.upper()) for code in ("pdf", "jpg", "png", "odt", "docx", "ods", "xlsx", "txt", "csv")
]


class QuestionBlock(blocks.StructBlock):
    """What every question has."""

    label = blocks.CharBlock(label=_("Question"), max_length=250)
    help = blocks.CharBlock(label=_("Hint"), max_length=500, required=False)
    key = KeyBlock(
        label=_("Key"),
        help_text=_(
            "A short name for conditions and spreadsheets. Never shown; stays when the words change."
        ),
    )
    required = FlagBlock(label=_("Must be answered"), default=True)

    class Meta:
        icon = "help"
        label_format = "{label}"


class ShortTextBlock(QuestionBlock):
    """A line."""

    max_characters = NumberBlock(label=_("Characters at most"), default=200, min_value=1, max_value=500)
    care = CareBlock()
    condition = ConditionsBlock()

    class Meta:
        label = _("Short text")


class LongTextBlock(QuestionBlock):
    """Paragraphs of plain text."""

    max_characters = NumberBlock(label=_("Characters at most"), required=False, min_value=1, max_value=20_000)
    max_words = NumberBlock(label=_("Words at most"), required=False, min_value=1, max_value=4000)
    care = CareBlock()
    condition = ConditionsBlock()

    class Meta:
        label = _("Long text")


class NumberQuestionBlock(QuestionBlock):
    """A number, with a unit behind it."""

    minimum = AmountBlock(label=_("At least"), required=False)
    maximum = AmountBlock(label=_("At most"), required=False)
    places = NumberBlock(label=_("Digits behind the mark"), default=0, min_value=0, max_value=4)
    unit = blocks.CharBlock(label=_("Unit"), max_length=30, required=False)
    care = CareBlock()
    condition = ConditionsBlock()

    class Meta:
        label = _("Number")


class MoneyBlock(QuestionBlock):
    """An amount in one currency."""

    currency = OptionBlock(label=_("Currency"), choices=CURRENCIES, default="EUR")
    minimum = AmountBlock(label=_("At least"), required=False)
    maximum = AmountBlock(label=_("At most"), required=False)
    care = CareBlock()
    condition = ConditionsBlock()

    class Meta:
        label = _("Amount of money")


class DateQuestionBlock(QuestionBlock):
    """A day, in three boxes."""

    earliest = DayBlock(label=_("Not before"), required=False)
    latest = DayBlock(label=_("Not after"), required=False)
    care = CareBlock()
    condition = ConditionsBlock()

    class Meta:
        label = _("Date")


class PlainBlock(QuestionBlock):
    """A question without limits of its own."""

    care = CareBlock()
    condition = ConditionsBlock()


class YesNoBlock(PlainBlock):
    """Yes or no."""

    class Meta:
        label = _("Yes or no")


class SingleChoiceBlock(QuestionBlock):
    """One of several answers."""

    choices = blocks.ListBlock(ChoiceBlock(), label=_("Choices"), min_num=2)
    care = CareBlock()
    condition = ConditionsBlock()

    class Meta:
        label = _("One of several")


class MultipleChoiceBlock(QuestionBlock):
    """Any number of answers."""

    choices = blocks.ListBlock(ChoiceBlock(), label=_("Choices"), min_num=2)
    at_most = NumberBlock(label=_("At most"), required=False, min_value=1)
    care = CareBlock()
    condition = ConditionsBlock()

    class Meta:
        label = _("Some of several")


class EmailBlock(PlainBlock):
    """An address that mails reach."""

    class Meta:
        label = _("E-mail address")


class PhoneBlock(PlainBlock):
    """A number that somebody can ring."""

    class Meta:
        label = _("Telephone")


class CountryBlock(PlainBlock):
    """A country."""

    class Meta:
        label = _("Country")


class LanguageQuestionBlock(PlainBlock):
    """A language."""

    class Meta:
        label = _("Language")


class OrganisationBlock(PlainBlock):
    """One of the organisations that the person acts for."""

    class Meta:
        label = _("Organisation")


class PeopleBlock(QuestionBlock):
    """The names of those who come."""

    at_most = NumberBlock(
        label=_("People at most"),
        default=5,
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("So many names fit on one registration; where there is less room, it is less."),
    )
    care = CareBlock(default={"role": QuestionRole.ATTENDEES.value, "pii": Pii.PERSONAL.value})
    condition = ConditionsBlock()

    class Meta:
        label = _("Names of people")
        icon = "group"


class FilesBlock(QuestionBlock):
    """One or more files."""

    types = OptionsBlock(label=_("Kinds of file"), choices=FILE_TYPES, default=["pdf", "jpg", "png"])
    count = NumberBlock(label=_("Files at most"), default=1, min_value=1, max_value=20)
    size = NumberBlock(label=_("Megabytes each"), default=10, min_value=1, max_value=50)
    care = CareBlock()
    condition = ConditionsBlock()

    class Meta:
        label = _("Files")


class DeclarationBlock(blocks.StructBlock):
    """Something to be confirmed; kept with the version of its words."""

    label = blocks.CharBlock(label=_("What is confirmed"), max_length=300)
    text = blocks.RichTextBlock(label=_("Details"), features=PLAIN, required=False)
    key = KeyBlock(label=_("Key"))
    required = FlagBlock(label=_("Must be confirmed"), default=True)
    condition = ConditionsBlock()

    class Meta:
        label = _("Declaration")
        label_format = "{label}"
        icon = "tick"


class InformationBlock(blocks.StructBlock):
    """A text between questions; nothing is asked."""

    label = blocks.CharBlock(label=_("Heading"), max_length=150, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)
    condition = ConditionsBlock()

    class Meta:
        label = _("Information")
        label_format = "{label}"
        icon = "info-circle"


def question_blocks() -> list[tuple[str, blocks.Block]]:
    """Return every type of item that a step can hold, by the code that versions of forms keep."""
    return [
        ("short_text", ShortTextBlock()),
        ("long_text", LongTextBlock()),
        ("number", NumberQuestionBlock()),
        ("money", MoneyBlock()),
        ("date", DateQuestionBlock()),
        ("yes_no", YesNoBlock()),
        ("single_choice", SingleChoiceBlock()),
        ("multiple_choice", MultipleChoiceBlock()),
        ("email", EmailBlock()),
        ("phone", PhoneBlock()),
        ("country", CountryBlock()),
        ("language", LanguageQuestionBlock()),
        ("organisation", OrganisationBlock()),
        ("people", PeopleBlock()),
        ("files", FilesBlock()),
        ("declaration", DeclarationBlock()),
        ("information", InformationBlock()),
    ]
