"""Which checks and which lanes make up the whole run."""

import sys
from pathlib import Path

from tests.runner.parts import ROOT, Check, Lane

PYTHON = sys.executable
BIN = Path(PYTHON).parent
ELSEWHERE = ["--ignore=tests/e2e", "-m", "not fault"]
"""What has a lane of its own."""


def example_variables() -> dict[str, str]:
    """Return the variables of .env.example as an operator would set them, commented ones left out."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def manage(*arguments: str) -> list[str]:
    """Return the command of a management command."""
    return [PYTHON, "manage.py", *arguments]


def preparation() -> Check:
    """Return what comes before everything else: templates need their catalogues."""
    return Check("catalogues are compiled", manage("compile_catalogues"), TEST)


TEST = {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}


def checks() -> list[Check]:
    """Return the checks, quick ones first."""
    production = {**example_variables(), "DJANGO_SETTINGS_MODULE": "cms.settings.production"}
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
            production,
        ),
    ]


def lanes(postgresql: str) -> list[Lane]:
    """Return the lanes, long ones first; `postgresql` is the address of a server to work on."""
    on_postgresql = {"DATABASE_URL": postgresql}
    without_database = ["--ignore=tests/architecture", "--ignore=tests/runner", "--ignore=tests/servers"]
    return [
        Lane("SQLite", ELSEWHERE),
        Lane("PostgreSQL", [*without_database, *ELSEWHERE], on_postgresql),
        Lane("faults", ["-m", "fault", "--ignore=tests/e2e"], on_postgresql),
        Lane("browser", ["tests/e2e"]),
    ]
