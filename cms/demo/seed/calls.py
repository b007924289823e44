"""Forms and calls: one row each, whatever the number of their languages."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from cms.accounts.models import Unit
from cms.core import clock
from cms.demo.seed.content import Item, Values
from cms.demo.seed.references import Stored
from cms.forms.domain.publish_form import publish_form
from cms.forms.models import Form, FormDefinition
from cms.grants.models import Call

MOMENT = re.compile(r"([+-]\d+)d(?: (\d\d):(\d\d))?")


def seed_forms(items: list[Item], stored: Stored) -> None:
    """Add the forms that are missing; their words are seeded as snippets are."""
    for item in items:
        values = item.about | {"unit": Unit.objects.get(code=item.about["unit"])}
        form, _created = Form.objects.get_or_create(code=item.code, defaults=values)
        stored.keep(form.pk, Form, item.code)


def publish_forms(items: list[Item]) -> None:
    """Publish the words of forms that nobody has published yet: the source last, which makes the version."""
    for item in items:
        rows = FormDefinition.objects.filter(form__code=item.code, live=False).select_related(
            "locale", "form"
        )
        for row in sorted(rows, key=lambda row: row.locale.language_code == settings.LANGUAGE_CODE):
            publish_form(definition=row, by=None)


def seed_calls(rows: list[Values], stored: Stored) -> None:
    """Add the calls that are missing."""
    for row in rows:
        call = Call.objects.filter(code=row["code"]).first() or _made(row)
        stored.keep(call.pk, Call, call.code)


def _made(row: Values) -> Call:
    call = Call(
        **values_of(row), unit=Unit.objects.get(code=row["unit"]), form=Form.objects.get(code=row["form"])
    )
    call.full_clean()
    call.save()
    return call


def values_of(row: Values) -> dict[str, Any]:
    """Return the fields of a call; "+3d 18:00" counts days from today.

    Raises:
        ValidationError: a day or an hour is written in another way.

    """
    taken = {"opens", "closes", "decision", "unit", "form"}
    plain = {name: value for name, value in row.items() if name not in taken}
    decision = moment_of(row.get("decision"))
    return plain | {
        "opens_wall": moment_of(row.get("opens")),
        "closes_wall": moment_of(row.get("closes")),
        "decision_expected": decision.date() if decision else None,
    }


def moment_of(text: str | None) -> datetime | None:
    """Return the wall time of "+3d 18:00", counted from today.

    Raises:
        ValidationError: it is written in another way.

    """
    if text is None:
        return None
    found = MOMENT.fullmatch(text)
    if not found:
        raise ValidationError(f"{text!r} is not written as “+3d 18:00”")
    days, hour, minute = (int(part or 0) for part in found.groups())
    return datetime.combine(clock.today() + timedelta(days=days), time(hour, minute))
