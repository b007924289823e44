"""Sign a person out everywhere."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.shortcuts import get_object_or_404

from cms.accounts.models import User
from cms.audit.domain.record import record


@transaction.atomic
def end_sessions(*, user: User) -> int:
    """End all sessions of `user`; return how many there were."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def end_session(*, user: User, pk: int) -> str:
    """End one session of `user` and return its key.

    Raises:
        Http404: it is not one of theirs.

    """
    session = get_object_or_404(UserSession, user=user, pk=pk)
    key: str = session.session_key
    session.end()
    record("accounts.session_ended", target=user, actor=user)
    return key
