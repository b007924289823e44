"""allauth's mails, sent as messages in the person's language with words of our own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from allauth.account import app_settings
from allauth.core import context as allauth_context
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.accounts.adapter import AccountAdapter as BaseAdapter
from cms.accounts.models import User
from cms.core import clock
from cms.core.i18n import in_locale, supported
from cms.messages.domain.compose import Recipient, compose, write
from cms.messages.vault import Content


@dataclass(frozen=True, slots=True)
class Secret:
    """A mail with a code or a link, and what its template needs from allauth's context."""

    template: str
    needs: tuple[str, ...] = ()


SECRETS: Mapping[str, Secret] = MappingProxyType(
    {
        "account/email/login_code": Secret("account/sign_in_code", ("code",)),
        "account/email/email_confirmation": Secret("account/address_code", ("code",)),
        "account/email/email_confirmation_signup": Secret("account/address_code", ("code",)),
        "account/email/unknown_account": Secret("account/unknown", ("signup_url",)),
        "account/email/account_already_exists": Secret("account/exists"),
    }
)
"""Nobody but the recipient reads these: not even that an address is unknown."""

NOTICES: Mapping[str, Promise] = MappingProxyType(
    {
        "account/email/email_changed": _("The e-mail address of your account was changed."),
        "account/email/email_confirm": _("An e-mail address of your account was confirmed."),
        "account/email/second_factor_reset": _(
            "An administrator has reset your second factor. You set up a new app when you next sign in."
        ),
        "account/email/email_deleted": _("An e-mail address was removed from your account."),
        "account/email/password_changed": _("The password of your account was changed."),
        "account/email/password_reset": _("The password of your account was changed."),
        "account/email/password_set": _("A password was set for your account."),
        "mfa/email/recovery_codes_generated": _("New recovery codes were made for your account."),
        "mfa/email/totp_activated": _("An authenticator app was added to your account."),
        "mfa/email/totp_deactivated": _("The authenticator app was removed from your account."),
        "mfa/email/webauthn_added": _("A security key was added to your account."),
        "mfa/email/webauthn_removed": _("A security key was removed from your account."),
    }
)
"""What a person is told after a change: only that it happened and when, no IP address."""


class AccountAdapter(BaseAdapter):
    """Codes go out as secret messages that expire with the code; notices as ordinary ones."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the message for one of allauth's mails."""
        recipient = recipient_of(email, context)
        if template_prefix in NOTICES:
            change = {"change": NOTICES[template_prefix], "at": context.get("timestamp") or clock.now()}
            compose(template="account/notice", recipient=recipient, context=change)
            return
        expires_at = clock.now() + timedelta(seconds=shortest_timeout())
        if known := SECRETS.get(template_prefix):
            compose(
                template=known.template,
                recipient=recipient,
                context={
                    "minutes": shortest_timeout() // 60,
                    "email": email,
                    **{name: context[name] for name in known.needs},
                },
                secret=True,
                expires_at=expires_at,
            )
            return
        # A mail that allauth learns later: its own words, and secret until somebody looked at it.
        with in_locale(recipient.language):
            site = {"request": allauth_context.request, "email": email}
            mail = self.render_mail(template_prefix, email, site | context)
        write(
            template=template_prefix,
            recipient=recipient,
            content=Content(str(mail.subject), str(mail.body)),
            secret=True,
            expires_at=expires_at,
        )

    def format_email_subject(self, subject: str) -> str:
        """Leave subjects alone: the sender says who writes."""
        return subject


def shortest_timeout() -> int:
    """Return for how many seconds every kind of code works."""
    return min(app_settings.LOGIN_BY_CODE_TIMEOUT, app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT)


def recipient_of(email: str, context: Mapping[str, Any]) -> Recipient:
    """Find out who is behind an address, and which language to write in.

    The person's own language, or that of the page for somebody unknown.
    """
    user = context.get("user") or User.objects.filter(email=email.lower()).first() or _signed_in()
    if user is None or not user.pk:
        return Recipient(name="", email=email, language=supported(get_language() or ""))
    return Recipient(name=user.name, email=email, language=user.preferred_language, user=user)


def _signed_in() -> User | None:
    """Return who makes this request: an old address of theirs belongs to nobody any more."""
    request = allauth_context.request
    user = getattr(request, "user", None) or AnonymousUser()
    return user if isinstance(user, User) else None
