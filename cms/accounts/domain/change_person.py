"""What administrators change of a person."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.accounts.models import User
from cms.accounts.policy import all_powerful, manages_wholly
from cms.audit.domain.record import record


@transaction.atomic
def change_person(*, user: User, name: str, language: str, by: User) -> User:
    """Change how `user` is called and written to.

    Raises:
        PermissionDenied: `by` does not manage this person wholly.

    """
    if not manages_wholly(by, user):
        raise PermissionDenied
    user.name, user.preferred_language = name, language
    user.save(update_fields=["name", "preferred_language"])
    record("accounts.change_person", target=user, actor=by)
    return user


@transaction.atomic
def empower(*, user: User, superuser: bool, by: User) -> User:
    """Give every right or take it; nobody takes it from themselves, so that one is always left.

    Raises:
        PermissionDenied: `by` is no superuser, or it is themselves.

    """
    if not all_powerful(by) or by.pk == user.pk:
        raise PermissionDenied
    user.is_superuser = superuser
    user.save(update_fields=["is_superuser"])
    record("accounts.empower", target=user, actor=by, details={"superuser": superuser})
    return user
