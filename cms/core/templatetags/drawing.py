"""The picture of an entry that has no photo: `{% load drawing %}`."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from cms.core.drawing import svg

register = template.Library()


@register.simple_tag
def drawing(seed: object) -> SafeString:
    """`{% drawing page.translation_key %}`: arches in the colours of the page, the same every time."""
    return mark_safe(svg(str(seed)))  # noqa: S308 - the text chooses shapes and is never printed
