"""What pages of this room show of a person."""

from typing import NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from cms.accounts.models import Member, RoleAssignment, User


class SecondFactor(NamedTuple):
    """What a person has for the second step of signing in."""

    app: bool
    recovery_codes_left: int


def second_factor_of(user: User) -> SecondFactor:
    """Return whether `user` has an app, and how many recovery codes are left."""
    held = {item.type: item for item in Authenticator.objects.filter(user=user)}
    codes = held.get(Authenticator.Type.RECOVERY_CODES)
    left = len(codes.wrap().get_unused_codes()) if codes else 0
    return SecondFactor(app=Authenticator.Type.TOTP in held, recovery_codes_left=left)


def addresses_of(user: User) -> list[EmailAddress]:
    """Return the addresses with which `user` signs in, the main one first."""
    return list(EmailAddress.objects.filter(user=user).order_by("-primary", "email"))


def roles_of(user: User) -> list[RoleAssignment]:
    """Return the roles of `user` with their units."""
    return list(user.role_assignments.select_related("unit").order_by("unit__name", "role"))


def memberships_of(user: User) -> list[Member]:
    """Return for which organisations `user` acts, and as what."""
    return list(
        Member.objects.filter(user=user)
        .select_related("organisation__host")
        .order_by("organisation__name", "pk")
    )
