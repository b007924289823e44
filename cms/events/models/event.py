"""An event: one row, whatever the number of its languages and dates."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.core.fields import LanguagesField
from cms.core.languages import fallbacks
from cms.core.pages import ShownOnPages
from cms.events.enums import EventKind, EventState

SHAPE = r"^[A-Z][A-Z0-9]{1,9}\Z"
CODE = RegexValidator(SHAPE, _("Use two to ten capital Latin letters and digits, a letter first"))
MOST_PEOPLE = 10
"""So many people come on one registration at most; more is a group, which the office invites."""


class Event(ShownOnPages, models.Model):
    """What takes place, once or on many dates; pages in each language carry its words.

    All languages share the dates and their seats, which are counted on the occurrence.
    """

    code = models.CharField(
        _("code"),
        max_length=10,
        unique=True,
        validators=[CODE],
        help_text=_("Begins the reference of every registration and stands in addresses, such as ECO26."),
    )
    name = models.CharField(
        _("name for staff"),
        max_length=150,
        help_text=_("Visitors read the title of the page, or this as long as no page is published."),
    )
    unit = models.ForeignKey(
        "cms_accounts.Unit", models.PROTECT, related_name="events", verbose_name=_("unit")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.options, default=EventKind.WORKSHOP)
    state = models.CharField(_("state"), max_length=10, choices=EventState.options, default=EventState.DRAFT)
    form = models.ForeignKey(
        "cms_forms.Form",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("form for registration"),
        help_text=_("Empty: nobody has to register."),
    )
    number = models.PositiveSmallIntegerField(
        _("number in the series"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    languages = LanguagesField(verbose_name=_("languages spoken"))
    mediation = LanguagesField(verbose_name=_("language mediation into"))
    people_at_most = models.PositiveSmallIntegerField(
        _("people on one registration"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
        help_text=_("Families and groups register together, up to so many."),
    )
    titles = models.JSONField(default=dict, editable=False)
    """Language code → title of the published page there; kept by the pages themselves."""

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"

    @property
    def title(self) -> str:
        """Return the announced title in the best language there is; the name for staff without a page."""
        return str(self.titles.get(self.title_language, self.name))

    @property
    def title_language(self) -> str:
        """Return the language of the title; nothing if it is the name for staff."""
        language = get_language() or ""
        return next((code for code in (language, *fallbacks(language)) if code in self.titles), "")
