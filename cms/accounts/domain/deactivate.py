"""Close and open the door for a person, without touching what they did."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.accounts.domain.end_sessions import end_sessions
from cms.accounts.models import User
from cms.accounts.policy import manages_wholly
from cms.audit.domain.record import record


@transaction.atomic
def deactivate(*, user: User, by: User | None) -> User:
    """Let `user` no longer sign in, and end all sessions at once.

    Raises:
        PermissionDenied: `by` does not manage this person wholly, or it is themselves.

    """
    if by is not None and (by.pk == user.pk or not manages_wholly(by, user)):
        raise PermissionDenied
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user=user)
    record("accounts.deactivate", target=user, actor=by)
    return user


@transaction.atomic
def reactivate(*, user: User, by: User | None) -> User:
    """Let `user` sign in again.

    Raises:
        PermissionDenied: `by` does not manage this person wholly.

    """
    if by is not None and not manages_wholly(by, user):
        raise PermissionDenied
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("accounts.reactivate", target=user, actor=by)
    return user
