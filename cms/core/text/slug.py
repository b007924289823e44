"""Slugs and file names in ASCII from a title in any script."""

from pathlib import PurePosixPath

from anyascii import anyascii
from django.utils.text import slugify


def slug(text: str, *, limit: int = 80) -> str:
    """Return `text` as an ASCII slug of at most `limit` characters, cut between words if it can be.

    Django's own `slugify` makes nothing at all of a Georgian title. The result is empty only for a
    text without a letter or digit.
    """
    whole = slugify(anyascii(text))
    if len(whole) <= limit:
        return whole
    cut, _, _ = whole[: limit + 1].rpartition("-")
    return (cut or whole[:limit]).strip("-_")


def file_name(name: str, *, fallback: str = "file") -> str:
    """Return an ASCII file name with the suffix of `name` and nothing of its folders."""
    path = PurePosixPath(name.replace("\\", "/"))
    suffix = slugify(anyascii(path.suffix))
    return f"{slug(path.stem) or fallback}{'.' if suffix else ''}{suffix}"
