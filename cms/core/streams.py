"""StreamFields whose blocks stay out of migrations, and whose forms may be broken."""

from typing import Any

from django.core.exceptions import BadRequest
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField


class StreamWidget(BlockWidget):
    """A stream in a form; what arrives without a part that every form has is refused, no error of ours."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the blocks.

        Raises:
            BadRequest: The form has no count of its blocks, or one that is no number.

        """
        try:
            return super().value_from_datadict(data, files, name)
        except (MultiValueDictKeyError, ValueError) as error:
            raise BadRequest("The form lacks parts of its blocks.") from error


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

    def formfield(self, **kwargs: Any) -> Any:
        """Return the field of a form with our widget."""
        return super().formfield(**{"widget": StreamWidget(self.stream_block), **kwargs})
