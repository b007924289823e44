"""Parts of question blocks: keys and codes are never translated, everything that people read is."""

from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import Untranslated
from cms.forms.enums import Blind, Pii, QuestionRole

KEY = RegexValidator(
    r"^[a-z][a-z0-9_]{0,39}$", _("Use small Latin letters, digits and underscores, a letter first")
)
"""Keys become names of columns and of fields: they stay the same in every language and version."""

PLAIN = ["bold", "ul", "ol", "link"]


class KeyBlock(Untranslated, blocks.CharBlock):
    """The stable name of a step, a question or a choice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, validators=[KEY], **kwargs)


class NumberBlock(Untranslated, blocks.IntegerBlock):
    """A limit."""


class AmountBlock(Untranslated, blocks.DecimalBlock):
    """A limit of an amount or a number."""


class FlagBlock(Untranslated, blocks.BooleanBlock):
    """Yes or no, the same in every language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class OptionBlock(Untranslated, blocks.ChoiceBlock):
    """One of a few codes, the same in every language."""


class DayBlock(Untranslated, blocks.DateBlock):
    """A day, the same in every language."""


class OptionsBlock(Untranslated, blocks.MultipleChoiceBlock):
    """Some of a few codes, the same in every language."""


class ValueBlock(Untranslated, blocks.CharBlock):
    """What an answer is compared with: a code, a number, a day, yes or no."""


class ConditionBlock(blocks.StructBlock):
    """One comparison with an earlier answer."""

    key = KeyBlock(label=_("Key of the other question"))
    operator = OptionBlock(
        label=_("is"),
        choices=[
            ("eq", _("equal to")),
            ("ne", _("different from")),
            ("in", _("one of (separated by commas)")),
            ("lt", _("less than")),
            ("lte", _("at most")),
            ("gt", _("more than")),
            ("gte", _("at least")),
            ("answered", _("answered")),
            ("unanswered", _("not answered")),
        ],
    )
    value = ValueBlock(
        label=_("value"),
        required=False,
        max_length=200,
        help_text=_("The code of a choice, yes or no, a number, or a day as 2027-03-31."),
    )

    class Meta:
        label = _("Condition")
        label_format = "{key} {operator} {value}"


class ConditionsBlock(blocks.StructBlock):
    """When something is asked: always, unless conditions stand here."""

    match = OptionBlock(
        label=_("Asked if"),
        choices=[("all", _("all of these are true")), ("any", _("one of these is true"))],
        default="all",
    )
    conditions = blocks.ListBlock(
        ConditionBlock(), label=_("Conditions"), default=[], help_text=_("Without any, it is always asked.")
    )

    class Meta:
        label = _("Only if")
        label_format = ""
        collapsed = True


class ChoiceBlock(blocks.StructBlock):
    """One answer to choose."""

    code = KeyBlock(label=_("Code"))
    label = blocks.CharBlock(label=_("Answer"), max_length=200)
    help = blocks.CharBlock(label=_("Explanation"), max_length=250, required=False)

    class Meta:
        label = _("Choice")
        label_format = "{label}"


class CareBlock(blocks.StructBlock):
    """What the answer means to the house, and how carefully it is kept."""

    role = OptionBlock(
        label=_("Role"),
        choices=QuestionRole.options,
        required=False,
        default="",
        help_text=_("Lists and letters find the answer by its role. Each role stands once in a form."),
    )
    pii = OptionBlock(label=_("Personal data"), choices=Pii.options, default=Pii.NONE)
    blind = OptionBlock(
        label=_("For whoever scores without names"), choices=Blind.options, default=Blind.SHOW
    )
    public = FlagBlock(label=_("May be published"))
    export = ValueBlock(label=_("Name of the column in spreadsheets"), required=False, max_length=60)

    class Meta:
        label = _("Meaning and protection")
        label_format = "{role} · {pii}"
        collapsed = True
