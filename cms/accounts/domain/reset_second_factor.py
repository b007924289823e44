"""Help somebody who lost the telephone and the recovery codes."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.accounts.domain.end_sessions import end_sessions
from cms.accounts.models import User
from cms.accounts.policy import manages_wholly
from cms.audit.domain.record import record


@transaction.atomic
def reset_second_factor(*, user: User, by: User | None) -> None:
    """Remove every second factor of `user` and end all sessions.

    The person is told by mail and enrols anew at the next sign-in.

    Raises:
        PermissionDenied: `by` does not manage this person wholly, or it is themselves.

    """
    if by is not None and (by.pk == user.pk or not manages_wholly(by, user)):
        raise PermissionDenied
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    record("accounts.second_factor_reset", target=user, actor=by)
    get_adapter().send_mail("account/email/second_factor_reset", user.email, {"user": user})
