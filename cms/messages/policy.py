"""Who may read messages, send them again, and ring people."""

from django.db.models import QuerySet

from cms.accounts.enums import Role
from cms.accounts.policy import Person, all_powerful, allow, can, units_where
from cms.messages.models import Message

ROLES = (Role.ADMIN, Role.OFFICER, Role.EVENT_MANAGER, Role.APPROVER)

VIEW = allow("messages.view", *ROLES)
RESEND = allow("messages.resend", *ROLES)
CALL = allow("messages.call", *ROLES)


def visible_to(user: Person) -> QuerySet[Message]:
    """Return the messages of the units where `user` works; those of no unit are for superusers."""
    if all_powerful(user):
        return Message.objects.all()
    return Message.objects.filter(unit__in=units_where(user, VIEW))


def can_resend(user: Person, message: Message) -> bool:
    """Tell whether `user` may send `message` once more: never a secret one."""
    return message.resendable and can(user, RESEND, message)


def can_bounce(user: Person, message: Message) -> bool:
    """Tell whether `user` may note that `message` came back."""
    return message.can_bounce and can(user, RESEND, message)


def can_call(user: Person, message: Message) -> bool:
    """Tell whether `user` may ring the person of this call task."""
    return message.to_be_rung and can(user, CALL, message)
