"""A source was published or saved: its sentences are taken over, and what changed is noted."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import DraftStateMixin, TranslatableMixin
from wagtail.signals import published
from wagtail_localize.models import TranslationSource

from cms.jobs.outbox import enqueue
from cms.pages.domain.note_rewordings import note_rewordings


@receiver(published, dispatch_uid="pages.source_published")
def source_published(instance: Model, **_kwargs: Any) -> None:
    """Queue what was published, page or snippet; drafts are nobody's business."""
    _queue(instance)


@receiver(post_save, dispatch_uid="pages.source_saved")
def source_saved(instance: Model, *, raw: bool = False, **_kwargs: Any) -> None:
    """Queue a snippet that knows no drafts."""
    if not raw and not isinstance(instance, DraftStateMixin):
        _queue(instance)


@receiver(post_save, sender=TranslationSource, dispatch_uid="pages.source_taken_over")
def source_taken_over(instance: TranslationSource, *, created: bool, **_kwargs: Any) -> None:
    """Note what changed, whoever had wagtail-localize look again."""
    if not created:
        note_rewordings(source=instance)


def _queue(instance: Model) -> None:
    if not isinstance(instance, TranslatableMixin):
        return
    sources = TranslationSource.objects.filter(object=instance.translation_key, locale=instance.locale_id)
    for source_id in sources.values_list("pk", flat=True):
        enqueue("pages.refresh_source", dedupe_key=str(source_id), source_id=source_id)
