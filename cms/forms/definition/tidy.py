"""Blocks written by code, as the editor would have written them."""

from typing import Any

from cms.forms.models import FormDefinition


def tidy_steps(steps: Any) -> Any:
    """Return steps in which every block, also each choice, has an id that stays.

    Wagtail gives ids to blocks that it has looked into, and wagtail-localize leaves out items of
    lists that have none: what code wrote in a shorter way would never be translated.

    Raises:
        django.core.exceptions.ValidationError: a block holds what its fields do not take.

    """
    block = FormDefinition._meta.get_field("steps").stream_block
    cleaned = block.clean(block.normalize(steps))
    for step in cleaned:
        for item in step.value["items"]:
            _ = item.value  # What was never looked at would be written as it came.
    return block.to_python(block.get_prep_value(cleaned))
