"""Routes of accounts: allauth's views by allauth's names, but no door that leads to a password.

`urlpatterns` belongs under /<language>/account/, `admin_urlpatterns` under /admin/ before Wagtail's.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.accounts.admin.account import AccountView
from cms.accounts.views import account as own
from cms.accounts.views import organisations, sign_in

# Nothing of this is kept by browsers or proxies.
urlpatterns = decorate_urlpatterns(
    [
        path("", own.overview, name="account_overview"),
        path("login/", account.login, name="account_login"),
        path(
            "login/code/",
            RedirectView.as_view(pattern_name="account_login"),
            name="account_request_login_code",
        ),
        path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
        path("signup/", account.signup, name="account_signup"),
        path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
        path("logout/", sign_in.sign_out, name="account_logout"),
        path("inactive/", account.account_inactive, name="account_inactive"),
        path("email/", account.email, name="account_email"),
        path(
            "reauthenticate/",
            RedirectView.as_view(pattern_name="mfa_reauthenticate", query_string=True),
            name="account_reauthenticate",
        ),
        path("2fa/", sign_in.second_factor, name="mfa_index"),
        path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
        path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
        path("2fa/totp/activate/", sign_in.Activate.as_view(), name="mfa_activate_totp"),
        path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
        path("2fa/recovery-codes/", sign_in.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
        path(
            "2fa/recovery-codes/generate/",
            recovery_codes.generate_recovery_codes,
            name="mfa_generate_recovery_codes",
        ),
        path(
            "2fa/recovery-codes/download/",
            recovery_codes.download_recovery_codes,
            name="mfa_download_recovery_codes",
        ),
        path("organisations/", organisations.organisations, name="account_organisations"),
        path("organisations/new/", organisations.new, name="account_new_organisation"),
        path("organisations/<int:pk>/", organisations.change, name="account_change_organisation"),
        path("sessions/", own.Sessions.as_view(), name="usersessions_list"),
        path("sessions/<int:pk>/end/", own.end_one_session, name="account_end_session"),
    ],
    never_cache,
)

admin_urlpatterns = [
    path("login/", sign_in.sign_in_to_admin, name="wagtailadmin_login"),
    path("logout/", sign_in.sign_out_of_admin, name="wagtailadmin_logout"),
    *decorate_urlpatterns(
        [path("account/", AccountView.as_view(), name="wagtailadmin_account")], require_admin_access
    ),
]
