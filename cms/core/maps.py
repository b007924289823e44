"""Links to a map of a place; no page loads a map by itself."""

from decimal import Decimal

MAP = "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"


def map_link(latitude: Decimal | None, longitude: Decimal | None) -> str:
    """Return the address of a map with the place on it, or nothing if the position is not known."""
    if latitude is None or longitude is None:
        return ""
    return MAP.format(latitude=latitude, longitude=longitude)
