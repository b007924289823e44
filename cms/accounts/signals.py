"""What follows from a changed role or unit, and what is noted of sign-ins.

Rights follow in the same transaction: a role that was given or taken counts once it is committed.
Entries name people by number only; no address, no code, no browser.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_changed,
    email_verification_code_rejected,
    login_code_rejected,
    user_logged_in,
    user_signed_up,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.signals import copy_for_translation_done
from wagtail.users.models import UserProfile

from cms.accounts.domain.keep_language import fill_profile, from_profile, to_profile
from cms.accounts.domain.sync_rights import sync_rights, sync_unit
from cms.accounts.models import RoleAssignment, Unit, User
from cms.accounts.policy import forget
from cms.accounts.second_factor import note_proven
from cms.audit.domain.record import record


@receiver(post_save, sender=RoleAssignment)
@receiver(post_delete, sender=RoleAssignment)
def rights_follow_roles(instance: RoleAssignment, **_kwargs: Any) -> None:
    """Give or take groups; a deleted person has none."""
    person = User.objects.filter(pk=instance.user_id).first()
    if person is not None:
        forget(instance.user)
        sync_rights(person)
        to_profile(user=person)


@receiver(post_save, sender=Unit)
def rights_follow_units(instance: Unit, **_kwargs: Any) -> None:
    """Pages, collections and the place of a unit decide what its roles may do."""
    sync_unit(unit=instance)


@receiver(copy_for_translation_done)
def rights_follow_translations(source_obj: Any, **_kwargs: Any) -> None:
    """Let those who write a unit's pages write a new translation of them."""
    for unit in Unit.objects.filter(root_page__translation_key=source_obj.translation_key):
        sync_unit(unit=unit)


@receiver(pre_save, sender=UserProfile)
def profile_begins_with_language(instance: UserProfile, **_kwargs: Any) -> None:
    """Show the admin in the language the person is written to."""
    fill_profile(profile=instance)


@receiver(post_save, sender=UserProfile)
def language_follows_profile(instance: UserProfile, **_kwargs: Any) -> None:
    """Write to people in the language they chose for the admin."""
    from_profile(profile=instance)


@receiver(post_save, sender=User)
def profile_follows_language(instance: User, **_kwargs: Any) -> None:
    """Show the admin in the language a person has chosen elsewhere."""
    to_profile(user=instance)


@receiver(authenticator_added)
def enrolling_proves(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Go on at once after enrolling, and note it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note_proven(request, authenticator)
        _note("accounts.second_factor_added", user, authenticator)


@receiver(authenticator_removed)
def note_removal(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Note that somebody gave up a second factor."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        _note("accounts.second_factor_removed", user, authenticator)


@receiver(authenticator_reset)
def note_new_recovery_codes(user: User, **_kwargs: Any) -> None:
    """Note that somebody made new recovery codes."""
    record("accounts.recovery_codes_made", target=user, actor=user)


@receiver(authentication_failed)
def note_wrong_second_factor(user: User, **_kwargs: Any) -> None:
    """Note a wrong code of an app: whoever typed it had the mailbox already."""
    record("accounts.second_factor_refused", target=user)


@receiver(login_code_rejected)
@receiver(email_verification_code_rejected)
def note_used_up_code(user: User, last_attempt: bool, **_kwargs: Any) -> None:  # noqa: FBT001 - allauth's signal
    """Note that all tries of a code were wrong; single slips are nobody's business."""
    if last_attempt:
        record("accounts.code_refused", target=user)


@receiver(user_logged_in)
def note_sign_in(user: User, **_kwargs: Any) -> None:
    """Note who signed in."""
    record("accounts.sign_in", target=user, actor=user)


@receiver(user_logged_out)
def note_sign_out(user: User | None, **_kwargs: Any) -> None:
    """Note who signed out."""
    if user is not None:
        record("accounts.sign_out", target=user, actor=user)


@receiver(user_signed_up)
def note_sign_up(user: User, **_kwargs: Any) -> None:
    """Note that somebody made an account."""
    record("accounts.sign_up", target=user, actor=user)


@receiver(email_changed)
def note_changed_address(user: User, from_email_address: EmailAddress | None, **_kwargs: Any) -> None:
    """Note that somebody changed their address, not which; the first one is no change."""
    if from_email_address is not None:
        record("accounts.email_changed", target=user, actor=user)


def _note(action: str, user: User, authenticator: Authenticator) -> None:
    record(action, target=user, actor=user, details={"type": str(authenticator.type)})
