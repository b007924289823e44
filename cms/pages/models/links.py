"""How pages point to snippets."""

from typing import Any

from django.db import models


def snippet_key(model: str, label: Any) -> models.ForeignKey:
    """Return an optional link to a snippet; the page stays when the snippet goes."""
    return models.ForeignKey(
        model, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label
    )
