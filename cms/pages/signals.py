"""What changes the content that visitors see, and so the generation.

It changes on signals sent after a change: the number must never be newer than what is read with it.
"""

from functools import cache
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from modelcluster.fields import ParentalKey
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Locale, PageViewRestriction, Site, TranslatableMixin
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from cms.core.pages import ShownOnPages
from cms.pages.cache.generation import bump, take_turn
from cms.pages.models import Generation

SHOWN = (
    TranslatableMixin,  # Pages and snippets of all rooms.
    AbstractImage,
    AbstractDocument,
    BaseGenericSetting,
    BaseSiteSetting,
    Site,
    Locale,
    PageViewRestriction,
    ShownOnPages,
)
"""Models whose rows can be seen on public pages, or decide who sees them."""

OF_DRAFTS = frozenset(
    {
        "draft_title",
        "expire_at",
        "expired",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
    }
)
"""Fields that are written while somebody works on a draft; no visitor sees them."""


@cache
def is_content(model: type[Model]) -> bool:
    """Tell whether visitors see rows of a model: one of SHOWN, one of this room, or a part of these."""
    if issubclass(model, Generation | AbstractRendition) or model.__module__ == "__fake__":  # A migration's.
        return False
    if issubclass(model, SHOWN) or model._meta.app_label == "cms_pages":
        return True
    owners = [field.related_model for field in model._meta.fields if isinstance(field, ParentalKey)]
    return any(is_content(owner) for owner in owners)


@receiver([pre_save, pre_delete], dispatch_uid="pages.changing")
def content_changing(sender: type[Model], *, raw: bool = False, **_kwargs: Any) -> None:
    """Change content one after another, drafts too: they are published in the same transaction."""
    if not raw and is_content(sender):
        take_turn()


@receiver(post_save, dispatch_uid="pages.saved")
def content_saved(
    sender: type[Model],
    instance: Model,
    created: bool,  # noqa: FBT001 - a signal's signature
    raw: bool,  # noqa: FBT001 - as above
    update_fields: frozenset[str] | None,
    **_kwargs: Any,
) -> None:
    """Count a saved row, unless only a draft was saved. `raw`: a dump is being loaded, number and all."""
    if raw or not is_content(sender):
        return
    if update_fields is not None and update_fields <= OF_DRAFTS:
        return
    if created and not getattr(instance, "live", True):
        return
    bump()


@receiver(post_delete, dispatch_uid="pages.deleted")
def content_deleted(sender: type[Model], **_kwargs: Any) -> None:
    """Count a deleted row. A picture's rendition counts too: pages lead to its file."""
    if is_content(sender) or issubclass(sender, AbstractRendition):
        bump()


@receiver(m2m_changed, dispatch_uid="pages.linked")
def content_linked(instance: Model, action: str, **_kwargs: Any) -> None:
    """Count rows that were linked or unlinked."""
    if action.startswith("post_") and is_content(type(instance)):
        bump()


@receiver(
    [published, unpublished, page_published, page_unpublished, post_page_move], dispatch_uid="pages.told"
)
def content_told(**_kwargs: Any) -> None:
    """Count what Wagtail tells; it moves pages without saving them."""
    bump()
