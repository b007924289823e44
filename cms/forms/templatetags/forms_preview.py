"""What the preview of a form asks for."""

from django import template

from cms.forms.models import FormDefinition
from cms.forms.presenters.preview import Preview, preview

register = template.Library()


@register.simple_tag
def preview_of(definition: FormDefinition) -> Preview:
    """`{% preview_of object as shown %}`: a draft as people would see it."""
    return preview(definition)
