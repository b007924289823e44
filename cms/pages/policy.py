"""Who may change which pages and snippets: Wagtail decides, by the tree and by kinds of snippets."""

from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Page, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from cms.accounts.policy import Person


def translatable_kinds() -> list[type[Model]]:
    """Return what there is in several languages: pages, then each kind of snippet."""
    snippets = [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]
    return [Page, *sorted(snippets, key=lambda model: str(model._meta.label))]


def may_change_some(user: Person, model: type[Model]) -> bool:
    """Tell whether `user` may change any page, or snippets of this kind."""
    return bool(policy_registry.get_by_type(model).user_has_permission(user, "change"))


def editable(user: Person, model: type[Model]) -> QuerySet[Any]:
    """Return the pages, or the snippets of a kind, that `user` may change."""
    pages: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_permission_for(
        user, "change"
    )
    return pages


def may_translate(user: Person) -> bool:
    """Tell whether `user` may change anything that is translated."""
    return any(may_change_some(user, model) for model in translatable_kinds())


def may_change(user: Person, instance: Model) -> bool:
    """Tell whether `user` may change this page, or snippets of its kind."""
    return (
        editable(user, Page if isinstance(instance, Page) else type(instance)).filter(pk=instance.pk).exists()
    )


def may_publish(user: Person, instance: Model) -> bool:
    """Tell whether `user` may publish this page; of a snippet without drafts every change is public."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_publish())
    return may_change(user, instance)
