"""Which pages are translations of one another."""

import uuid
from collections.abc import Iterable

from wagtail.models import Page


def keys_of(numbers: Iterable[int]) -> dict[int, uuid.UUID]:
    """Return page number → what all its translations share."""
    return dict(Page.objects.filter(pk__in=set(numbers)).values_list("pk", "translation_key"))


def numbers_of(keys: Iterable[uuid.UUID]) -> dict[int, uuid.UUID]:
    """Return the number of every translation → what they share."""
    return dict(Page.objects.filter(translation_key__in=set(keys)).values_list("pk", "translation_key"))
