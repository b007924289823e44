"""The words of a form version in the language of a reader."""

from collections.abc import Mapping

from cms.core.languages import fallbacks
from cms.forms.models import FormVersion


def texts_of(version: FormVersion, language: str) -> Mapping[str, str]:
    """Return path → text in `language`, or in the best language there is."""
    known: Mapping[str, Mapping[str, str]] = version.texts
    return next((known[code] for code in (language, *fallbacks(language)) if code in known), {})
