"""One language a person: what we write in and what the admin shows never contradict.

Wagtail keeps the language of its admin in a profile of its own. Whichever of both was chosen last
counts for both, as far as the admin speaks that language.
"""

from wagtail.admin.localization import get_available_admin_languages
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.accounts.policy import is_staff


def fill_profile(*, profile: UserProfile) -> None:
    """Put the language of the person into a profile that has none; the caller saves it."""
    if not profile.preferred_language:
        profile.preferred_language = _of_admin(profile.user.preferred_language)


def from_profile(*, profile: UserProfile) -> None:
    """Write to the person in the language chosen in the admin."""
    user = profile.user
    chosen = profile.preferred_language
    if chosen and _of_admin(user.preferred_language) != chosen and _of_admin(chosen):
        user.preferred_language = chosen
        User.objects.filter(pk=user.pk).update(preferred_language=chosen)


def to_profile(*, user: User) -> None:
    """Show the admin in the language the person chose; the site's own if it does not speak it.

    Staff have a profile from the start: without one the admin would speak as the browser does.
    """
    if is_staff(user):
        UserProfile.get_for_user(user)
    chosen = _of_admin(user.preferred_language)
    UserProfile.objects.filter(user=user).exclude(preferred_language=chosen).update(preferred_language=chosen)


def _of_admin(language: str) -> str:
    """Return the language if the admin speaks it, or nothing."""
    return language if language in dict(get_available_admin_languages()) else ""
