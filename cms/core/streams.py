"""StreamFields whose blocks stay out of migrations."""

from typing import Any

from wagtail.fields import StreamField


class LeanStreamField(StreamField):
    """A StreamField that writes no block into migrations.

    Wagtail writes every block with every label into each migration, so that a mended word asks
    for a new one, and wagtail-localize then warns of a changed model in every translation.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the field without its blocks; the column is the same."""
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
