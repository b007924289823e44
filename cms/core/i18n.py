"""Text for a person who is not the one asking: mails, letters, jobs."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


def supported(language: str) -> str:
    """Return the site's language nearest to `language`, or the site's first language."""
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE


@contextmanager
def in_locale(language: str) -> Iterator[str]:
    """Render lazy labels, dates and templates in `language` within this block."""
    chosen = supported(language)
    with translation.override(chosen):
        yield chosen
