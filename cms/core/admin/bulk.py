"""Bulk actions that reach visible objects only, chosen one by one or by "select all"."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404
from wagtail.admin.views.bulk_action import BulkAction


class VisibleBulkAction(BulkAction):
    """Base of every bulk action over things that belong to a unit.

    Wagtail's own takes any id, and "all" means every row of the table. Here objects that the
    person may not see are never listed, counted or touched: ids of others are ignored, and an
    action with nothing left answers 404. Both the confirmation page and the POST pass here.
    """

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> QuerySet[Any]:
        """Return the objects that `user` may see, usually by the room's policy."""
        raise NotImplementedError

    def check_perm(self, obj: Model) -> bool:
        """Tell whether the person may do this to a visible object; no answer means no."""
        raise NotImplementedError

    def get_all_objects_in_listing_query(self, parent_id: object) -> list[Any]:  # noqa: ARG002 - Wagtail's signature
        """Return the keys behind "select all"."""
        return list(self.visible_to(self.request.user).values_list("pk", flat=True))

    def get_queryset(self, model: type[Model], object_ids: list[Any]) -> list[Model]:  # noqa: ARG002 - Wagtail's signature
        """Return the visible ones among the chosen objects."""
        try:
            chosen = list(self.visible_to(self.request.user).filter(pk__in=object_ids))
        except (ValueError, TypeError, OverflowError):  # No key of this model looks like that.
            chosen = []
        if not chosen:
            raise Http404
        return chosen
