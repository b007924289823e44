"""What allauth asks us to decide about accounts and second factors."""

import base64
import hashlib
from typing import Any, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from cms.accounts.models import User
from cms.accounts.policy import is_staff, must_prove_second_factor
from cms.core.i18n import supported


class AccountAdapter(DefaultAccountAdapter):
    """Accounts without user names and passwords; mails leave through the room of messages."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code is not right. Take it from our latest mail."),
    }

    def new_user(self, request: HttpRequest) -> User:
        """Begin a person who is written to in the language of the page they signed up on."""
        user: User = super().new_user(request)
        user.preferred_language = supported(get_language() or "")
        return user

    def pre_login(
        self, request: HttpRequest, user: User, *, email: str | None = None, **kwargs: Any
    ) -> HttpResponse | None:
        """Refuse a code that went to an address which is the person's no longer.

        allauth would have that address confirmed once more and then put in the place of the new one.
        """
        theirs = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        if email and email.lower() not in {user.email, *theirs}:
            clear_login(request)
            self.add_message(request, messages.ERROR, message=self.error_messages["incorrect_code"])
            return redirect("account_login")
        refusal: HttpResponse | None = super().pre_login(request, user, email=email, **kwargs)
        return refusal

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell that there is an account, and how to sign in: there is no password to reset."""
        context = {"login_url": self.request.build_absolute_uri(reverse("account_login"))}
        self.send_mail("account/email/account_already_exists", email, context)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead staff to the admin, everybody else to their account; `next` was checked before."""
        return reverse("wagtailadmin_home" if is_staff(request.user) else "account_overview")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's signature
        """Lead new people to their account, where they may tell their name."""
        return reverse("account_overview")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's signature
        """Lead to the home page in the current language."""
        return reverse("wagtail_serve", args=[""])

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer the second factor only: nobody has a password."""
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"]


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are encrypted in the database; whoever must have a second factor keeps one."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Enter the one that your app shows now."),
    }

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret itself; keys of `SECRET_KEY_FALLBACKS` still open it."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the code for the app's camera on white, so that it can be read in dark mode too."""
        drawing = qrcode.make(url, image_factory=SvgPathFillImage)
        return drawing.to_string(encoding="unicode")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last second factor of people who must prove one."""
        if not must_prove_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def _keys() -> MultiFernet:
    """Return the keys for secrets of second factors: the first encrypts, all of them decrypt."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = (hashlib.sha256(b"cms.accounts.second_factor:" + secret.encode()) for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key.digest())) for key in derived])
