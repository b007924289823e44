"""allauth's doors, without those that lead to passwords."""

from typing import Any

from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.account.views import LogoutView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cms.accounts.domain.spend_code import spend_code
from cms.accounts.forms import ActivateTOTPForm
from cms.accounts.queries import second_factor_of
from cms.accounts.second_factor import required


class Activate(ActivateTOTPView):
    """Set up an authenticator app, then show the recovery codes, then go where one wanted to."""

    template_name = "mfa/totp/activate_form.html"

    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        """Spend the code, so that it does not open a second door."""
        response: HttpResponse = super().form_valid(form)
        authenticator = self.request.user.authenticator_set.get(type="totp")
        spend_code(authenticator=authenticator, code=form.cleaned_data["code"])
        return response

    def get_success_url(self) -> str:
        """Take `next` along."""
        url: str = passthrough_next_redirect_url(self.request, super().get_success_url(), REDIRECT_FIELD_NAME)
        return url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say why, to people who must."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "required": required(self.request.user),
            "secret": context["form"].secret,
            "next_url": get_next_redirect_url(self.request, REDIRECT_FIELD_NAME),
        }


class RecoveryCodes(ViewRecoveryCodesView):
    """The codes for a lost telephone, and the way on."""

    template_name = "mfa/recovery_codes/index.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add where the person wanted to go before enrolling; never another site."""
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {"next_url": get_next_redirect_url(self.request, REDIRECT_FIELD_NAME)}


class SignOut(LogoutView):
    """Signing out is a POST; the browser forgets what it kept of our pages."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        """End the session."""
        response: HttpResponse = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


sign_out = SignOut.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_of_admin(request: HttpRequest) -> HttpResponse:
    """Sign out from Wagtail's menu; a link to this address asks first."""
    if request.method == "POST":
        return sign_out(request)
    return redirect("account_logout")


@require_http_methods(["GET", "HEAD"])
def sign_in_to_admin(request: HttpRequest) -> HttpResponse:
    """Lead from Wagtail's address to the one sign-in."""
    return redirect(passthrough_next_redirect_url(request, reverse("account_login"), REDIRECT_FIELD_NAME))


@require_http_methods(["GET", "HEAD"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Lead to what a person has, or to setting it up: there is no page in between."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return redirect("account_overview" if second_factor_of(request.user).app else "mfa_activate_totp")
