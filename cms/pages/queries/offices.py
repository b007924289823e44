"""Which rows are translations of one another, and which of them is the source."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Page
from wagtail_localize.models import Translation


def keys_of(numbers: Iterable[int]) -> dict[int, uuid.UUID]:
    """Return page number → what all its translations share."""
    return dict(Page.objects.filter(pk__in=set(numbers)).values_list("pk", "translation_key"))


def numbers_of(keys: Iterable[uuid.UUID]) -> dict[int, uuid.UUID]:
    """Return the number of every translation → what they share."""
    return dict(Page.objects.filter(translation_key__in=set(keys)).values_list("pk", "translation_key"))


def sources(kind: Any, rows: Iterable[Any]) -> dict[int, Any]:
    """Return number of a translated snippet → the row it is translated from.

    Until an editor has looked at it again, a translation keeps what its source said before: words
    may be old for a while, hours and telephone numbers not. One that goes its own way has no entry.
    """
    followers = {(row.translation_key, row.locale_id): row.pk for row in rows}
    wanted = Translation.objects.filter(enabled=True, source__object_id__in={key for key, _ in followers})
    known = wanted.values_list("source__object_id", "target_locale_id", "source__locale_id")
    found = {
        (key, origin): followers[key, target] for key, target, origin in known if (key, target) in followers
    }
    which = Q(pk__in=[])
    for key, origin in found:
        which |= Q(translation_key=key, locale_id=origin)
    origins = kind.objects.filter(which) if found else ()
    return {found[row.translation_key, row.locale_id]: row for row in origins}
