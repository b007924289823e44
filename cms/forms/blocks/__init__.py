"""Blocks from which editors build a form."""

from cms.forms.blocks.step import StepBlock

__all__ = ["StepBlock"]
