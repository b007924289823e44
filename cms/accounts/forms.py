"""allauth's forms where ours differ, and the forms of the account page."""

import unicodedata
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cms.accounts.domain.prune_unconfirmed import prune_unconfirmed
from cms.accounts.domain.spend_code import spend_code
from cms.accounts.models import User
from cms.core.renderer import ModelForm


def western_digits(text: str) -> str:
    """Return `text` with the digits of any script as 0 to 9: people type codes on their own keyboard."""
    return "".join(str(unicodedata.digit(char, char)) for char in text)


class CodeField(forms.CharField):
    """A code from a mail or an app: digits of any script, blanks and dashes as people like."""

    default_error_messages = {"required": _("Enter the code.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "class": "w-20"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(**{"label": _("Code"), "max_length": 50, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> Any:
        """Fold digits."""
        return western_digits(super().to_python(value) or "")


class AddressField(forms.EmailField):
    """An e-mail address, as long as the standard and our columns allow (RFC 5321)."""

    default_error_messages = {"required": _("Enter your e-mail address.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "email", "class": "w-20"})
        super().__init__(**{"label": _("E-mail address"), "max_length": 254, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> str:
        """Return the address in lower case, as it is stored."""
        return str(super().to_python(value) or "").lower()


class LoginForm(account_forms.LoginForm):
    """The address to which the code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.fields["remember"].label = _("Stay signed in on this device")
        self.fields["remember"].help_text = _("Not on a computer that other people use too.")


class SignupForm(account_forms.SignupForm):
    """The address of a new account; the name can wait."""

    email = AddressField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Answer the second click of a double click like any address that is here already."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class AddEmailForm(account_forms.AddEmailForm):
    """Another address to sign in with."""

    email = AddressField(label=_("New e-mail address"))


class CountingMixin:
    """Three tries a code, also for many at once: the session counts those one after another only."""

    expected_code: str | None

    def clean_code(self) -> str:
        """Count the try, then compare."""
        request = context.request
        key = f"{request.session.session_key}:{self.expected_code}"
        if not ratelimit.consume(request, action="enter_code", key=key):
            raise get_account_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form
        return code


class ConfirmLoginCodeForm(CountingMixin, account_forms.ConfirmLoginCodeForm):
    """The code that was sent to sign in."""

    code = CodeField()


class MakingWay(account_forms.ConfirmEmailVerificationCodeForm):
    """Sign-ups that only claimed the address make way for whoever holds its code."""

    def clean_code(self) -> str:
        """Delete them before allauth looks whether the address is taken."""
        if self.user and compare_user_code(actual=self.cleaned_data["code"], expected=self.expected_code):
            prune_unconfirmed(email=self.email, but=self.user)
        code: str = super().clean_code()
        return code


class ConfirmEmailVerificationCodeForm(CountingMixin, MakingWay):
    """The code that was sent to confirm an address."""

    code = CodeField()


class SpendingMixin:
    """A code of an app counts once; recovery codes take care of themselves."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        """Check the code, then spend it."""
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form
        if self.authenticator.type == Authenticator.Type.TOTP and not spend_code(
            authenticator=self.authenticator, code=code
        ):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(SpendingMixin, mfa_forms.AuthenticateForm):
    """The second factor while signing in."""

    code = CodeField(label=_("Code from your app, or a recovery code"))


class ReauthenticateForm(SpendingMixin, mfa_forms.ReauthenticateForm):
    """The second factor again, before something that matters."""

    code = CodeField(label=_("Code from your app, or a recovery code"))


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    code = CodeField(label=_("Code from your app"))


class PersonForm(ModelForm):
    """What people tell about themselves."""

    class Meta:
        model = User
        fields = ("name", "preferred_language")
        labels = {"preferred_language": _("Language in which we write to you")}
        help_texts = {"name": _("In any script, as you like to be called.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
            "preferred_language": forms.RadioSelect,
        }
