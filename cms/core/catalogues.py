"""Compile translations without the gettext programs, which a machine may not have."""

import os
from collections.abc import Iterator
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed


def sources() -> Iterator[Path]:
    """Yield every .po file of this repository: those of LOCALE_PATHS and of our own rooms."""
    folders = {Path(path) for path in settings.LOCALE_PATHS}
    folders |= {Path(app.path) / "locale" for app in apps.get_app_configs() if _own(Path(app.path))}
    for folder in sorted(folders):
        yield from sorted(folder.glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> list[Path]:
    """Write each .mo beside its .po if the .po changed since; return the ones written.

    A .mo carries the time of its .po, so that going back to an older .po counts as a change too.
    Fuzzy translations are left out, as msgfmt does.
    """
    written = []
    for source in sources():
        target = source.with_suffix(".mo")
        changed = source.stat().st_mtime_ns
        if target.exists() and target.stat().st_mtime_ns == changed:
            continue
        # Another process may be reading or writing the same file: replace it in one step.
        part = target.with_name(f".{target.name}.{os.getpid()}")
        part.write_bytes(polib.pofile(str(source)).to_binary())
        os.utime(part, ns=(changed, changed))
        part.replace(target)
        # This process may have read the old one already: a check that spoke is enough.
        translation_file_changed(sender=None, file_path=target)
        written.append(target)
    return written


def _own(folder: Path) -> bool:
    return folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts
