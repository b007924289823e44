"""What happens to pages of calls concerns the call."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.grants.domain import keep_titles
from cms.grants.models import CallPage


@receiver([post_save, post_delete], sender=CallPage, dispatch_uid="grants.page_changed")
def page_changed(instance: CallPage, *, raw: bool = False, **_kwargs: Any) -> None:
    """Let the call know under which titles it is announced."""
    if not raw:
        keep_titles(call=instance.call)
