"""Problems of a definition as errors of Wagtail's blocks, shown at the very field."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import ListBlock, StreamBlock, StreamBlockValidationError, StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError

from cms.forms.definition.problems import Problem, Where

Texts = Iterable[tuple[Where, str]]


def nested(block: Any, value: Any, texts: Texts) -> ValidationError:
    """Return one error that holds each text at its place below `block`.

    Args:
        block: what the field is made of.
        value: what was filled in, because items of a stream are blocks of different types.
        texts: the way from here to each place, and what is wrong there.

    """
    here, below = [], defaultdict(list)
    for where, text in texts:
        if where:
            below[where[0]].append((where[1:], text))
        else:
            here.append(text)
    children = {name: nested(*_child(block, value, name), inner) for name, inner in below.items()}
    if isinstance(block, StreamBlock):
        return StreamBlockValidationError(block_errors=children, non_block_errors=here)
    if isinstance(block, ListBlock):
        return ListBlockValidationError(block_errors=children, non_block_errors=here)
    if hasattr(block, "child_blocks"):
        return StructBlockValidationError(block_errors=children, non_block_errors=here)
    return ValidationError(here)


def errors_of_steps(field: Any, value: Any, problems: Iterable[Problem]) -> ValidationError:
    """Return what is wrong in the steps."""
    return nested(field.stream_block, value, [(problem.where[1:], problem.text) for problem in problems])


def _child(block: Any, value: Any, name: Any) -> tuple[Any, Any]:
    if isinstance(block, StreamBlock):
        child = value[name]
        return child.block, child.value
    if isinstance(block, ListBlock):
        return block.child_block, value[name]
    return block.child_blocks[name], value[name]
