"""Units and people of the invented host: the integration office of Zelvara, a city nowhere."""

from cms.accounts.domain.invite import invite
from cms.accounts.enums import UnitKind
from cms.accounts.models import Unit
from cms.demo.people import PEOPLE

UNITS = (
    ("office", "Khidi Zelvara", UnitKind.OFFICE, ""),
    ("bazari", "Khidi Bazari", UnitKind.HUB, "office"),
    ("mdinare", "Khidi Mdinare", UnitKind.HUB, "office"),
    ("sadguri", "Khidi Sadguri", UnitKind.HUB, "office"),
    ("ponte", "Ponte Zelvara", UnitKind.PARTNER, ""),
    ("stimmen", "Stimmen für Zelvara", UnitKind.PARTNER, ""),
)


def seed_people() -> None:
    """Make the units and people that are missing; what somebody changed stays."""
    units: dict[str, Unit] = {}
    for code, name, kind, parent in UNITS:
        units[code], _created = Unit.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": kind,
                "parent": units.get(parent),
                "email": f"{code}@khidi.example",
            },
        )
    for person in PEOPLE:
        invite(
            email=person.email,
            name=person.name,
            language=person.language,
            unit=units.get(person.unit),
            roles=[person.role] if person.role else [],
            by=None,
        )
