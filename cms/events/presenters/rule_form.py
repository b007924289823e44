"""The form in which event managers say how dates repeat, in fields instead of a formula."""

from copy import copy
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from cms.core.fields import DateField
from cms.core.formats import dates
from cms.core.partial import PartialDate
from cms.core.text.listed import listed
from cms.events.domain.recur import SHARED, Recurred, clashes, rule_of, save_recurrence, write_rule
from cms.events.models import Recurrence
from cms.events.presenters.date_form import ClockField, offer_places
from cms.events.recurrence import LAST, LONGEST_STEP, Rule

NTHS = [("1", _("First")), ("2", _("Second")), ("3", _("Third")), ("4", _("Fourth")), (str(LAST), _("Last"))]
MINUTE = 60
MOST_NAMED = 5
"""Days that one message names."""


def weekday_choices() -> list[tuple[str, str]]:
    """Return the days of the week by name, Monday first."""
    return [(str(day), dates.weekday_name(day)) for day in range(7)]


class DaysField(forms.CharField):
    """Days in lines or with commas, as 24.12.2026; the value is a set of dates."""

    widget = forms.Textarea(attrs={"rows": 3, "dir": "ltr"})

    def to_python(self, value: Any) -> Any:
        """Return the days, or say which one makes no sense."""
        days = set()
        for text in (super().to_python(value) or "").replace(",", "\n").split("\n"):
            if text.strip():
                days.add(self._day(text.strip()))
        return frozenset(days)

    def prepare_value(self, value: Any) -> Any:
        """Return the days as they are typed."""
        return (
            value if isinstance(value, str) else "\n".join(f"{day:%d.%m.%Y}" for day in sorted(value or ()))
        )

    def _day(self, text: str) -> date:
        try:
            typed = PartialDate.typed(text)
        except ValueError:
            typed = None
        if typed is None or typed.day is None:
            raise ValidationError(_("“%(text)s” is no day: write 24.12.2026"), params={"text": text})
        return typed.first


class RuleForm(WagtailAdminModelForm):
    """Every so many weeks or months, on which days, from when until when."""

    freq = forms.ChoiceField(
        label=_("Repeats"), choices=[("weekly", _("By weeks")), ("monthly", _("By months"))]
    )
    interval = forms.IntegerField(
        label=_("Every how many weeks or months"), min_value=1, max_value=LONGEST_STEP, initial=1
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On"), choices=weekday_choices, widget=forms.CheckboxSelectMultiple
    )
    nth = forms.ChoiceField(
        label=_("Which one of the month"),
        choices=[("", _("Does not apply")), *NTHS],
        required=False,
        help_text=_("Only by months: the first Monday, the last Thursday."),
    )
    begins = ClockField(label=_("From"))
    ends = ClockField(label=_("Until"))
    first_day = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty: goes on."))
    without = DaysField(
        label=_("Days left out"),
        required=False,
        help_text=_("Holidays and the like, one a line. Days whose date was changed by hand stand here too."),
    )
    known = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Recurrence
        fields = ("zone", "city", "venue", "hub", "capacity", "waiting_limit")
        help_texts = {
            "capacity": _("Empty: as many as come. For new dates; later it is changed date by date."),
        }

    instance: Recurrence
    rule: Rule
    done: Recurred

    field_order = (
        "freq",
        "interval",
        "weekdays",
        "nth",
        "begins",
        "ends",
        "first_day",
        "last_day",
        "without",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.pk:
            kwargs["initial"] = {
                **parts_of(rule_of(instance), instance.skip),
                **(kwargs.get("initial") or {}),
            }
        super().__init__(*args, **kwargs)
        offer_places(self)

    def clean(self) -> dict[str, Any]:
        """Put the rule together, or say which parts do not fit."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("venue") and cleaned.get("hub"):
            self.add_error("hub", _("Choose a venue or a hub, not both"))
        monthly = cleaned.get("freq") == "monthly"
        if monthly and len(set(cleaned.get("weekdays", []))) > 1:
            self.add_error("weekdays", _("By months, choose one day of the week"))
        if monthly and not cleaned.get("nth"):
            self.add_error("nth", _("Choose which one of the month"))
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day must not be before the first"))
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It must end after it begins"))
        if not self.errors:
            self.rule = self._rule(cleaned)
            self._refuse_clashes(cleaned)
        return cleaned

    def _refuse_clashes(self, cleaned: dict[str, Any]) -> None:
        """Say on which days the event has a date at that hour and place already."""
        like = copy(self.instance)
        write_rule(like, self.rule)
        for name in SHARED:
            field = name.removesuffix("_id")
            setattr(like, field, cleaned.get(field))
        if found := clashes(like):
            days = [dates.day(one.on.first) for one in found[:MOST_NAMED]]
            text = ngettext(
                "The event has a date at that hour and place on %(days)s: leave this day out below, "
                "or choose another hour or place.",
                "The event has dates at that hour and place on %(days)s: leave these days out below, "
                "or choose another hour or place.",
                len(found),
            )
            more = ["…"] if len(found) > MOST_NAMED else []
            self.add_error("begins", text % {"days": listed([*days, *more])})

    def _rule(self, cleaned: dict[str, Any]) -> Rule:
        begins, ends = cleaned["begins"], cleaned["ends"]
        return Rule(
            freq=cleaned["freq"],
            interval=cleaned["interval"],
            weekdays=tuple(sorted({int(day) for day in cleaned["weekdays"]})),
            nth=int(cleaned["nth"]) if cleaned["freq"] == "monthly" else None,
            starts=datetime.combine(cleaned["first_day"], begins),
            minutes=(ends.hour - begins.hour) * MINUTE + ends.minute - begins.minute,
            until=cleaned["last_day"],
            skip=cleaned["without"],
        )

    def save(self, commit: bool = True) -> Recurrence:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Save the rule and make its dates."""
        known = self.cleaned_data["known"].split()
        self.done = save_recurrence(recurrence=self.instance, rule=self.rule, known=known, by=self.for_user)
        return self.instance


def parts_of(rule: Rule, skip: list[str]) -> dict[str, Any]:
    """Return a rule in the fields of the form."""
    length = rule.starts.hour * MINUTE + rule.starts.minute + rule.minutes
    return {
        "freq": rule.freq,
        "interval": rule.interval,
        "weekdays": [str(day) for day in rule.weekdays],
        "nth": "" if rule.nth is None else str(rule.nth),
        "begins": rule.starts.time(),
        "ends": rule.starts.replace(hour=length // MINUTE % 24, minute=length % MINUTE).time(),
        "first_day": rule.starts.date(),
        "last_day": rule.until,
        "without": rule.skip,
        "known": " ".join(skip),
    }
