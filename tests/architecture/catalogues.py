"""What is to be translated, and how far a catalogue is."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polib

from tests.architecture.tree import ROOT
from tests.servers.programs import need

Key = tuple[str, str, str]

PLACEHOLDER = re.compile(r"%\([\w.]+\)[sd]|%[sd]|\{\w*\}")
MTAVRULI = re.compile("[\u1c90-\u1cbf]")
"""Georgian capitals: they make shouting of a word, and no font on old phones has them."""


def key(entry: polib.POEntry) -> Key:
    """Return what identifies a text: context, singular, plural."""
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


@cache
def sources() -> polib.POFile:
    """Extract the texts of this checkout as `manage.py makemessages` does, in a copy of it."""
    need("xgettext")
    with TemporaryDirectory(prefix="khidi-messages-") as folder:
        skipped = shutil.ignore_patterns("__pycache__", "static", "fonts", "migrations", "*.mo")
        for top in ("cms", "search"):
            shutil.copytree(ROOT / top, Path(folder, top), ignore=skipped)
        (Path(folder) / "locale").mkdir()
        code = "from django.core.management import execute_from_command_line as run; run()"
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(
            [sys.executable, "-c", code, "makemessages", "--locale=ka", "--keep-pot", "--verbosity=0"],
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
        )
        return polib.pofile(str(Path(folder) / "locale" / "django.pot"))


def catalogue(language: str) -> polib.POFile:
    """Return our own catalogue of a language; an empty one if there is none yet."""
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def public(entry: polib.POEntry) -> bool:
    """Tell whether visitors meet this text: it stands in a template that is none of the Wagtail admin."""
    return any("/templates/" in name and not _of_the_admin(name) for name, _ in entry.occurrences)


@cache
def _of_the_admin(name: str) -> bool:
    return "wagtail" in name or "wagtailadmin" in (ROOT / name).read_text(encoding="utf-8")


def live(entries: Iterable[polib.POEntry]) -> dict[Key, polib.POEntry]:
    """Return the entries in use by their identity."""
    return {key(entry): entry for entry in entries if not entry.obsolete}


def unfinished(catalogue: polib.POFile, wanted: Iterable[Key]) -> list[str]:
    """Return the wanted texts that are missing, untranslated or fuzzy."""
    known = live(catalogue)
    return sorted(
        identity[1] for identity in wanted if identity not in known or not known[identity].translated()
    )


def translations(entry: polib.POEntry) -> list[str]:
    """Return every form of a translation."""
    return [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


def wrong_placeholders(catalogue: polib.POFile) -> list[str]:
    """Return texts whose translation lacks a variable or has one too many.

    A form of a plural may spell its number out ("one thing"), so a plural may leave variables out.
    """
    wrong = []
    for entry in live(catalogue).values():
        expected = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in translations(entry):
            found = set(PLACEHOLDER.findall(text))
            if found - expected or (not entry.msgid_plural and found != expected):
                wrong.append(entry.msgid)
    return wrong


def with_capitals(catalogue: polib.POFile) -> list[str]:
    """Return texts whose translation holds Georgian capitals."""
    return [entry.msgid for entry in catalogue if any(MTAVRULI.search(text) for text in translations(entry))]
