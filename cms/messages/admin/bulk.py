"""Send dead letters once more, many at a time."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cms.accounts.models import User
from cms.accounts.policy import Person
from cms.core.admin.bulk import VisibleBulkAction
from cms.messages import policy
from cms.messages.admin.messages import MessageFilterSet, searched
from cms.messages.domain.resend import resend
from cms.messages.enums import MessageState
from cms.messages.models import Message


class ResendDeadLetters(VisibleBulkAction):
    """After a mail server was down for days: one button instead of two hundred."""

    display_name = _("Send again")
    action_type = "resend"
    aria_label = _("Send the selected failed mails again")
    template_name = "messages/admin/bulk_resend.html"
    models = [Message]

    def visible_to(self, user: Person) -> QuerySet[Message]:
        """Return the messages of the person's units."""
        return policy.visible_to(user)

    def get_all_objects_in_listing_query(self, parent_id: object) -> list[Any]:  # noqa: ARG002 - Wagtail's signature
        """Return the dead letters behind "select all": those the list was narrowed to."""
        dead = self.visible_to(self.request.user).filter(state=MessageState.DEAD)
        listed = MessageFilterSet(self.request.GET, dead, request=self.request).qs
        return list(searched(listed, self.request.GET.get("q", "")).values_list("pk", flat=True))

    def check_perm(self, obj: Model) -> bool:
        """Tell whether this is a dead letter that the person may send."""
        return (
            isinstance(obj, Message)
            and obj.state == MessageState.DEAD
            and policy.can_resend(self.request.user, obj)
        )

    def get_execution_context(self) -> dict[str, Any]:
        """Hand on who does it."""
        return {"by": self.request.user}

    @classmethod
    def execute_action(cls, objects: Iterable[Message], by: User, **_kwargs: Any) -> tuple[int, int]:
        """Send each once more; return how many."""
        repeats = [resend(message=message, by=by) for message in objects]
        return len(repeats), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:  # noqa: ARG002 - Wagtail's signature
        """Say how many."""
        return ngettext(
            "%(count)s mail will be sent again.", "%(count)s mails will be sent again.", num_parent_objects
        ) % {"count": num_parent_objects}
