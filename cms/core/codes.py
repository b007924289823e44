"""Codes with labels for people."""

from django.db import models


class Codes(models.TextChoices):
    """Text codes whose labels stay out of migrations: pass `choices=Kind.options` to a field.

    Django writes a callable into a migration by name, a list of choices with every label, so
    that each mended word would ask for a new migration.
    """

    @classmethod
    def options(cls) -> list[tuple[str, str]]:
        """Return (code, lazy label) pairs."""
        return cls.choices
