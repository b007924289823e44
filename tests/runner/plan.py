"""Which checks and which lanes make up the whole run."""

import re
import sys
from pathlib import Path
from secrets import token_urlsafe

from tests.runner.parts import ROOT, Check, Lane

PYTHON = sys.executable
BIN = Path(PYTHON).parent
TEST = {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}
PRODUCTION = {"DJANGO_SETTINGS_MODULE": "cms.settings.production"}
ELSEWHERE = ["--ignore=tests/e2e", "-m", "not fault"]
"""What has a lane of its own."""


def production() -> dict[str, str]:
    """Return what a real site sets: the defaults of .env.example, its address, mail server and secret."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = re.findall(r"^#?([A-Z][A-Z0-9_]*)=(.*)$", "\n".join(lines), re.MULTILINE)
    own = {
        "ALLOWED_HOSTS": "khidi.example",
        "SECRET_KEY": token_urlsafe(50),
        "SITE_URL": "https://khidi.example",
        "SMTP_URL": "smtp+tls://user:password@mail.khidi.example:587",
        "VAR": str(ROOT / "var" / "tests"),
    }
    return {**dict(pairs), **own, **PRODUCTION}


def manage(*arguments: str) -> list[str]:
    """Return the command of a management command."""
    return [PYTHON, "manage.py", *arguments]


def preparation() -> Check:
    """Return what comes before everything else: templates need their catalogues."""
    return Check("catalogues are compiled", manage("compile_catalogues"), TEST)


def checks() -> list[Check]:
    """Return the checks, quick ones first."""
    return [
        Check("ruff check", [str(BIN / "ruff"), "check", "."]),
        Check("ruff format", [str(BIN / "ruff"), "format", "--check", "."]),
        Check("lint-imports", [str(BIN / "lint-imports")]),
        Check("mypy", [str(BIN / "mypy")]),
        Check("migrations are up to date", manage("makemigrations", "--check", "--dry-run"), TEST),
        Check("manage.py check", manage("check", "--fail-level", "WARNING"), TEST),
        Check(
            "manage.py check --deploy",
            manage("check", "--deploy", "--fail-level", "WARNING"),
            production(),
        ),
    ]


def lanes(postgresql: str) -> list[Lane]:
    """Return the lanes, long ones first; `postgresql` is the address of a server to work on.

    The first two migrate different kinds of database, so that none waits for the other's template.
    """
    on_postgresql = {"DATABASE_URL": postgresql}
    apart = [f"--ignore=tests/{folder}" for folder in ("architecture", "runner", "serve", "servers")]
    return [
        Lane("browser", ["tests/e2e"]),
        Lane("PostgreSQL", ["--with-database", *apart, *ELSEWHERE], on_postgresql),
        Lane("SQLite", ELSEWHERE),
        Lane("faults", ["-m", "fault", "--ignore=tests/e2e"], on_postgresql),
    ]
