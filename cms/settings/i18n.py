"""Languages, time zone and catalogues."""

from django.conf import global_settings

from cms.settings.environment import BASE_DIR, env

LANGUAGE_CODE = "ka"
LANGUAGES = [
    ("ka", "ქართული"),
    ("it", "Italiano"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("ar", "العربية"),
]
LANGUAGES_BIDI = [*global_settings.LANGUAGES_BIDI, "prs"]  # Dari, which Django does not know.
FALLBACK_LANGUAGES = env.list("FALLBACK_LANGUAGES", default=["en"])
"""Languages in which a page is shown first where a translation is missing; then its own."""
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [pair for pair in LANGUAGES if pair[0] != "ar"]

PHONE_REGION = env.str("PHONE_REGION", default="GE")
"""The country whose telephone numbers need no country code, and the first in lists of countries."""

TIME_ZONE = env.str("TIME_ZONE", default="Asia/Tbilisi")
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

FORMAT_MODULE_PATH = ["cms.core.formats"]
LOCALE_PATHS = [
    BASE_DIR / "locale",
    BASE_DIR / "locale" / "vendor",  # What Wagtail and Django lack in Georgian.
]
