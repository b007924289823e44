"""Verify the audit log: `manage.py verify_audit`."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from cms.audit.domain.verify import Broken, Report, verify
from cms.audit.enums import Fault


class Command(BaseCommand):
    """Exit with 0 and counts, or with 1 and every broken row by name."""

    help = "Check the chain of the audit log; names every row that is not as it was written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --json and --expect."""
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument(
            "--expect",
            metavar="POSITION:HASH",
            help="a head printed by an earlier run and kept elsewhere: shows a chain cut off at its end",
        )

    @no_translations
    def handle(self, **options: Any) -> None:
        """Print the report; fail if anything is broken."""
        report = verify(expect=_head(options["expect"]))
        self.stdout.write(json.dumps(_data(report)) if options["json"] else _text(report))
        if not report.ok:
            raise SystemExit(1)


def _head(text: str | None) -> tuple[int, str] | None:
    if not text:
        return None
    position, _, link = text.partition(":")
    if not position.isdecimal() or not link:
        raise CommandError("--expect takes POSITION:HASH as printed by an earlier run.")
    return int(position), link


def _data(report: Report) -> dict[str, Any]:
    age = report.oldest_unsealed
    return {
        **asdict(report),
        "ok": report.ok,
        "oldest_unsealed": None if age is None else round(age.total_seconds()),
        "broken": [{**asdict(broken), "fault": str(broken.fault)} for broken in report.broken],
    }


def _text(report: Report) -> str:
    lines = [_line(broken) for broken in report.broken]
    lines.append(
        f"{report.sealed} sealed entries, {report.erased} of them erased, "
        f"{len(report.broken)} broken, {report.late} sealed late."
    )
    tail = f"{report.unsealed} wait for their seal"
    if report.oldest_unsealed is not None:
        tail += f", the oldest for {round(report.oldest_unsealed.total_seconds())} s"
    lines.append(f"{tail}.")
    lines.append(f"Head {report.position}:{report.head}" if report.head else "No chain yet.")
    return "\n".join(lines)


def _line(broken: Broken) -> str:
    name = f"entry {broken.entry}" if broken.entry is not None else "a row"
    if broken.position is not None:
        name += f" at position {broken.position}"
    if broken.last is not None and broken.last != broken.position:
        name += f" to {broken.last}"
    return f"BROKEN {name}: {Fault(broken.fault).label}"
