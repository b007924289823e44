"""Make a person who can sign in at once, or give one who is here already new roles."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cms.accounts.domain.assign import assign, refuse_unless_managing
from cms.accounts.domain.prune_unconfirmed import prune_unconfirmed
from cms.accounts.enums import Role
from cms.accounts.models import Unit, User
from cms.accounts.policy import all_powerful
from cms.audit.domain.record import record
from cms.core.i18n import supported


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    language: str,
    unit: Unit | None,
    roles: Iterable[Role],
    by: User | None,
) -> User:
    """Return the person with this address, made now if need be, holding `roles` in `unit`.

    A new person has no password and a confirmed address: the first sign-in code proves it. Name and
    language of somebody who is here already stay theirs; who only claimed the address makes way.
    Without a unit no role is given: only the system (`by` is None) and superusers do that.

    Raises:
        PermissionDenied: `by` does not manage the people of the unit.

    """
    if unit is not None:
        refuse_unless_managing(by=by, unit=unit)
    elif by is not None and not all_powerful(by):
        raise PermissionDenied
    email = email.strip().lower()
    prune_unconfirmed(email=email)
    user, created = _get_or_create(email, name=name, preferred_language=supported(language))
    if created:
        record("accounts.invite", target=user, actor=by, unit_id=unit.pk if unit else None)
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        EmailAddress.objects.update_or_create(
            user=user, email=email, defaults={"verified": True, "primary": True}
        )
    if unit is not None:
        for role in roles:
            assign(user=user, unit=unit, role=role, by=by)
    return user


def _get_or_create(email: str, **fields: str) -> tuple[User, bool]:
    """Return the person with this address, and whether they are new; a double click makes one."""
    user = User.objects.filter(email=email).first()
    if user is not None:
        return user, False
    try:
        with transaction.atomic():
            return User.objects.create_user(email, invited=True, **fields), True
    except IntegrityError:
        return User.objects.get(email=email), False
