"""A call for applications: one row, whatever the number of its languages."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Min, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.core.fields import WallTimeField
from cms.core.languages import fallbacks
from cms.core.pages import ShownOnPages
from cms.core.zones import in_utc, zone_choices
from cms.grants.deadlines import standing
from cms.grants.enums import CallState, Standing

SHAPE = r"^[A-Z][A-Z0-9]{1,9}\Z"
CODE = RegexValidator(SHAPE, _("Use two to ten capital Latin letters and digits, a letter first"))


def currencies() -> list[tuple[str, str]]:
    """Return the currencies of calls (ISO 4217)."""
    return [(code, code) for code in ("EUR", "GEL", "USD", "CHF")]


def amount(label: Any) -> models.DecimalField:
    """Return a field for an amount that need not be known; none is negative."""
    return models.DecimalField(
        label, max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )


class Call(ShownOnPages, models.Model):
    """When, for what and how much somebody may apply.

    Opening and deadline are wall times in the zone of the call, which is what was announced; the
    moments in UTC are derived from them at each save. Without a deadline the call is rolling.
    """

    code = models.CharField(
        _("code"),
        max_length=10,
        unique=True,
        validators=[CODE],
        help_text=_("Begins the reference of every application, such as MV27."),
    )
    name = models.CharField(
        _("name for staff"),
        max_length=150,
        help_text=_("Applicants read the title of the page, or this as long as no page is published."),
    )
    unit = models.ForeignKey(
        "cms_accounts.Unit", models.PROTECT, related_name="calls", verbose_name=_("unit")
    )
    form = models.ForeignKey("cms_forms.Form", models.PROTECT, related_name="calls", verbose_name=_("form"))
    state = models.CharField(_("state"), max_length=10, choices=CallState.options, default=CallState.DRAFT)
    zone = models.CharField(_("time zone"), max_length=40, choices=zone_choices, default="Asia/Tbilisi")
    opens_wall = WallTimeField(_("opens"), null=True, blank=True)
    closes_wall = WallTimeField(
        _("deadline"),
        null=True,
        blank=True,
        help_text=_("In the time zone of the call. Empty: applications at any time."),
    )
    opens_at = models.DateTimeField(null=True, editable=False)
    closes_at = models.DateTimeField(null=True, editable=False)
    grace_seconds = models.PositiveIntegerField(_("grace in seconds"), default=0)
    decision_expected = models.DateField(_("decision expected by"), null=True, blank=True)
    titles = models.JSONField(default=dict, editable=False)
    """Language code → title of the published page there; kept by the pages themselves."""
    currency = models.CharField(_("currency"), max_length=3, choices=currencies, default="EUR")
    budget = amount(_("money in all"))
    minimum = amount(_("smallest grant"))
    maximum = amount(_("largest grant"))
    per_organisation = models.PositiveSmallIntegerField(
        _("applications of one organisation at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )

    class Meta:
        verbose_name = pgettext_lazy("for applications", "call")
        verbose_name_plural = pgettext_lazy("for applications", "calls")
        ordering = ("-opens_at", "code")
        constraints = (
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="a_call_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=F("maximum")),
                name="smallest_grant_is_not_above_the_largest",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the moments in UTC in step with the wall times."""
        self.derive()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "opens_at", "closes_at"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a deadline before the opening, limits upside down and another unit's form."""
        super().clean()
        self.derive()
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_wall": _("The deadline must be after the opening")})
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValidationError({"maximum": _("The largest grant must not be below the smallest")})

    def derive(self) -> None:
        """Reckon the moments in UTC from the wall times and the zone."""
        self.opens_at = in_utc(self.opens_wall, self.zone) if self.opens_wall else None
        self.closes_at = in_utc(self.closes_wall, self.zone) if self.closes_wall else None

    @property
    def title(self) -> str:
        """Return the announced title in the best language there is; the name for staff without a page."""
        return str(self.titles.get(self.title_language, self.name))

    @property
    def title_language(self) -> str:
        """Return the language of the title; nothing if it is the name for staff."""
        language = get_language() or ""
        return next((code for code in (language, *fallbacks(language)) if code in self.titles), "")

    @property
    def rolling(self) -> bool:
        """Tell whether there is no deadline."""
        return self.closes_at is None

    def standing(self, moment: datetime) -> Standing:
        """Return what the call means to an applicant whose request arrived at `moment`."""
        return standing(
            state=CallState(self.state),
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            grace_seconds=self.grace_seconds,
            moment=moment,
        )

    def told(self, moment: datetime | None = None) -> Standing:
        """Return what the public is told at a moment, by default now: grace is never told."""
        return standing(
            state=CallState(self.state),
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            grace_seconds=0,
            moment=moment or clock.now(),
        )

    def changes_at(self, moment: datetime) -> datetime | None:
        """Return the next moment, not before `moment`, at which the call opens or closes by itself."""
        edges = (self.opens_at, self.closes_at) if self.state == CallState.LIVE else ()
        return min((edge for edge in edges if edge and edge >= moment), default=None)

    @classmethod
    def any_changes_at(cls, moment: datetime) -> datetime | None:
        """Return the next moment, not before `moment`, at which any call opens or closes by itself."""
        names = ("opens_at", "closes_at")
        ahead = {name: Min(name, filter=Q(**{f"{name}__gte": moment})) for name in names}
        edges = cls.objects.filter(state=CallState.LIVE).aggregate(**ahead)
        return min((edge for edge in edges.values() if edge), default=None)
