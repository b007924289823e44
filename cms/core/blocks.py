"""Blocks and block parts that more than one room uses."""

from typing import Any


class Untranslated:
    """Before a block class: its value is a code, equal in all languages, and never translated."""

    def get_translatable_segments(self, value: Any) -> list[Any]:  # noqa: ARG002 - localize's signature
        """Give wagtail-localize nothing to translate."""
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:  # noqa: ARG002 - as above
        """Keep the value of the source."""
        return value
