"""A text of a form was published, in any language: what people fill in follows in the same moment."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Revision
from wagtail.signals import published

from cms.forms.domain.compile_form import compile_form
from cms.forms.models import FormDefinition


@receiver(published, sender=FormDefinition, dispatch_uid="forms.definition_published")
def definition_published(instance: FormDefinition, revision: Revision | None = None, **_kwargs: Any) -> None:
    """Compile; who published is known from the revision."""
    compile_form(form=instance.form, by=revision.user if revision else None)
