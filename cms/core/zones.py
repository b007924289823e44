"""Wall time in a zone: what stands on a poster, "30 November 2026, 18:00, Tbilisi time".

The wall time and the zone are the truth, UTC is derived: rules of zones change, posters do not.
Wall times are naive datetimes, zones are names of the tz database.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.formats import dates

COMMON = {
    "Asia/Tbilisi": _("Tbilisi time"),
    "Europe/Berlin": _("Berlin time"),
    "Europe/Rome": _("Rome time"),
    "Europe/Brussels": _("Brussels time"),
    "Europe/Vienna": _("Vienna time"),
    "Europe/Kyiv": _("Kyiv time"),
    "Europe/Istanbul": _("Istanbul time"),
    "Asia/Yerevan": _("Yerevan time"),
    "Asia/Baku": _("Baku time"),
    "UTC": _("UTC"),
}
"""Zones that officers choose from, with their names for people."""


def zone_choices() -> list[tuple[str, object]]:
    """Return the common zones as (name, lazy label); fields take the function itself."""
    return list(COMMON.items())


def zone_name(zone: str) -> str:
    """Return "Tbilisi time" in the language in use; of a zone that is not common, its city."""
    return str(COMMON[zone]) if zone in COMMON else zone.rpartition("/")[2].replace("_", " ")


def validate_zone(zone: str) -> None:
    """Refuse what is no zone of the tz database.

    Raises:
        ValidationError: There is no such zone.

    """
    if zone not in available_timezones():
        raise ValidationError(_("There is no time zone of this name."), code="zone")


def in_utc(wall: datetime, zone: str) -> datetime:
    """Return the moment of a wall time, never earlier than anybody could read it.

    The hour that a night has twice counts as the later one, in favour of who hands something in.
    A time that a night leaves out counts as far behind the gap as it lies in it. So the moment
    never runs backwards along the times that exist.
    """
    _only_naive(wall)
    home = ZoneInfo(zone)
    return max(wall.replace(tzinfo=home, fold=fold).astimezone(UTC) for fold in (0, 1))


def wall_of(moment: datetime, zone: str) -> datetime:
    """Return what clocks in the zone show at a moment."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def exists(wall: datetime, zone: str) -> bool:
    """Tell whether clocks in the zone ever show this time."""
    return wall_of(in_utc(wall, zone), zone) == wall.replace(fold=0)


def must_exist(wall: datetime, zone: str) -> None:
    """Refuse a time that the night of a clock change leaves out.

    Raises:
        ValidationError: The clocks jump over this time; the message says on which night and where.

    """
    if not exists(wall, zone):
        raise ValidationError(
            _(
                "%(time)s does not exist on %(day)s (%(zone)s): the clocks go forward that night. "
                "Choose an earlier or a later time."
            ),
            code="gap",
            params={"time": dates.clock(wall), "day": dates.day(wall.date()), "zone": zone_name(zone)},
        )


def moment(value: datetime, zone: str) -> str:
    """Return an aware moment for people: "30 November 2026, 18:00, Tbilisi time"."""
    wall = wall_of(value, zone)
    parts = {"day": dates.day(wall.date()), "time": dates.clock(wall), "zone": zone_name(zone)}
    return _("%(day)s, %(time)s, %(zone)s") % parts


def _only_naive(wall: datetime) -> None:
    if wall.tzinfo is not None:
        raise ValueError("A wall time carries no zone of its own.")
