"""Give a person another address to sign in with, when they lost the old one."""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.accounts.domain.end_sessions import end_sessions
from cms.accounts.models import User
from cms.accounts.policy import manages_wholly
from cms.audit.domain.record import record


@transaction.atomic
def change_email(*, user: User, email: str, by: User | None) -> User:
    """Replace the addresses of `user` by one that counts as confirmed, and end all sessions.

    People change their own address themselves, with a code sent to the new one.

    Raises:
        PermissionDenied: `by` does not manage this person wholly.

    """
    if by is not None and not manages_wholly(by, user):
        raise PermissionDenied
    user.email = email.strip().lower()
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    end_sessions(user=user)
    record("accounts.email_changed", target=user, actor=by)
    return user
