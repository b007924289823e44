"""Which programs the tests need, and which Debian packages bring them."""

import shutil
from collections.abc import Iterable
from pathlib import Path

PACKAGES = {
    "postgres": "postgresql",
    "redis-server": "redis-server",
    "chromium": "chromium",
    "xgettext": "gettext",
}
"""Program → Debian package."""

FONTS = Path("/usr/share/fonts/truetype/noto/NotoSansGeorgian-Regular.ttf")
"""Without a Georgian font the pictures and the layout checks of the browser tests mean nothing."""

FONT_PACKAGE = "fonts-noto-core"


class MissingProgramError(RuntimeError):
    """A program that tests need is not on this machine; the text says which package brings it."""


def find(program: str) -> Path | None:
    """Return where `program` is; Debian keeps PostgreSQL's programs out of PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: path.parts[4])
    if places:
        return places[-1]
    found = shutil.which(program)
    return Path(found) if found else None


def need(program: str) -> Path:
    """Return where `program` is.

    Raises:
        MissingProgramError: it is not on this machine.

    """
    place = find(program)
    if place is None:
        package = PACKAGES.get(program, "postgresql")
        raise MissingProgramError(f"{program!r} is missing: install the Debian package {package}.")
    return place


def missing_packages(programs: Iterable[str] = PACKAGES, *, fonts: bool = True) -> list[str]:
    """Return the Debian packages that are still to be installed."""
    missing = [PACKAGES[program] for program in programs if find(program) is None]
    if fonts and not FONTS.exists():
        missing.append(FONT_PACKAGE)
    return missing
