"""People sign in by a code sent by mail; staff and reviewers prove a second factor."""

from cms.settings.environment import env

AUTH_USER_MODEL = "cms_accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []  # Nobody has a password.

ACCOUNT_ADAPTER = "cms.messages.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_TIMEOUT = 900  # Code and second factor together.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # Before a change of address; the second factor, if any.
ACCOUNT_FORMS = {
    "login": "cms.accounts.forms.LoginForm",
    "signup": "cms.accounts.forms.SignupForm",
    "add_email": "cms.accounts.forms.AddEmailForm",
    "confirm_login_code": "cms.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "cms.accounts.forms.ConfirmEmailVerificationCodeForm",
}
ACCOUNT_RATE_LIMITS = {
    # Three tries a code: sixty an hour leave a guesser one chance in 69,000 a day for an address.
    "request_login_code": "20/m/ip,3/m/key,20/h/key",
    "enter_code": "3/15m/key",
    # Nobody's mailbox is flooded by signing up in their name.
    "confirm_email": "1/10s/key,20/h/key",
    # Codes of apps: thirty a day leave whoever reads the mails one chance in 11,000.
    "login_failed": "30/m/ip,5/5m/key,30/d/key",
}

ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
"""Digits are on every keyboard; eight of them, as 1234-5678."""

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
"""How many proxies of our own stand in front: rate limits count the address before them."""

MFA_ADAPTER = "cms.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Khidi"
MFA_TOTP_TOLERANCE = 1  # Telephones' clocks differ; a spent code never counts again all the same.
MFA_RECOVERY_CODE_COUNT = 10
MFA_FORMS = {
    "authenticate": "cms.accounts.forms.AuthenticateForm",
    "reauthenticate": "cms.accounts.forms.ReauthenticateForm",
    "activate_totp": "cms.accounts.forms.ActivateTOTPForm",
}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_overview"
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "account_login"
