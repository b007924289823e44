"""What an installation makes for itself, once, and keeps in VAR."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_line(folder: Path) -> Iterator[None]:
    """Say in one line that a folder cannot be used.

    Raises:
        SystemExit: settings are read before any command runs, so that nobody else could catch it.

    """
    try:
        yield
    except OSError as error:
        raise SystemExit(f"Cannot keep the site's files in {folder}: {error.strerror}.") from None


def kept_folder(path: Path) -> Path:
    """Return the folder, made if need be."""
    with one_line(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


def kept_secret(path: Path) -> str:
    """Return the secret in a file, made on the first call and readable by its owner only."""
    with one_line(path.parent):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
        secret = secrets.token_urlsafe(50)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secret)
        except OSError:  # A full disk: with an empty file no later start would work.
            path.unlink()
            raise
    return secret
