"""Take over what was published, so that translators see today's text."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from wagtail.models import DraftStateMixin
from wagtail_localize.models import TranslationSource


@transaction.atomic
def refresh_source(*, source_id: int) -> None:
    """Bring the sentences to translate up to date with the live content; translations stay.

    What is gone by now, or was never published, is left alone.
    """
    source = TranslationSource.objects.select_for_update().filter(pk=source_id).first()
    if source is None:
        return
    try:
        instance = source.get_source_instance()
    except ObjectDoesNotExist:
        return
    if isinstance(instance, DraftStateMixin) and not instance.live:
        return
    source.update_from_db()
