"""Which programs the tests need, and which Debian packages bring them."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

PACKAGES = {
    "postgres": "postgresql",
    "redis-server": "redis-server",
    "chromium-headless-shell": "chromium-headless-shell",
    "xgettext": "gettext",
}
"""Program → Debian package."""

INSTEAD = {"chromium-headless-shell": "chromium"}
"""What does the same: all of Chromium takes three times as long to open a page, for windows nobody sees."""

OF_THE_BENCH = {"wrk": "wrk"}
"""What `make bench` needs, and `make test` does not."""

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
    found = shutil.which(program) or shutil.which(INSTEAD.get(program, program))
    return Path(found) if found else None


def need(program: str) -> Path:
    """Return where `program` is.

    Raises:
        MissingProgramError: it is not on this machine.

    """
    place = find(program)
    if place is None:
        package = (PACKAGES | OF_THE_BENCH).get(program, "postgresql")
        raise MissingProgramError(f"{program!r} is missing: install the Debian package {package}.")
    return place


def missing_packages(programs: Iterable[str] = PACKAGES, *, fonts: bool = True) -> list[str]:
    """Return the Debian packages that are still to be installed."""
    known = PACKAGES | OF_THE_BENCH
    missing = [known[program] for program in programs if find(program) is None]
    if fonts and not FONTS.exists():
        missing.append(FONT_PACKAGE)
    return missing


def install(programs: Iterable[str] = PACKAGES, *, fonts: bool = True, say: Callable[[str], object]) -> bool:
    """Install what is missing as root on Debian; otherwise name it. Tell whether all is there."""
    programs = list(programs)
    packages = missing_packages(programs, fonts=fonts)
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing {' '.join(packages)}.")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            subprocess.run(
                ["apt-get", "--quiet=2", *command],  # noqa: S607 - wherever Debian keeps it
                env=environment,
                stdin=subprocess.DEVNULL,
                check=False,
            )
        packages = missing_packages(programs, fonts=fonts)
    if packages:
        say("This needs programs that are not on this machine. On Debian or Ubuntu:")
        say(f"    sudo apt install {' '.join(packages)}")
    return not packages
