"""Wagtail: no own doors, no call home, translation by wagtail-localize."""

from zoneinfo import available_timezones

from cms.settings.environment import SITE_URL

WAGTAIL_SITE_NAME = "Khidi"
WAGTAILADMIN_BASE_URL = SITE_URL

# Wagtail keeps its own password, e-mail and sign-in doors: allauth is the only one.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

# What is behind a password asks for it on a page of ours.
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "cms_pages/password.html"  # noqa: S105 - the name of a template
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = WAGTAIL_PASSWORD_REQUIRED_TEMPLATE

# Who may write may publish. Wagtail's workflow would send pages to a group that nobody is in.
WAGTAIL_WORKFLOW_ENABLED = False

# No request leaves the site's own host.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

# Otherwise untranslated text would go live with the page it belongs to.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

WAGTAILIMAGES_IMAGE_MODEL = "cms_pages.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.core.admin.pictures.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]

# Addresses are passed on in letters and by telephone: Latin letters, whatever the title is written in.
WAGTAIL_ALLOW_UNICODE_SLUGS = False

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Debian lists "localtime" too, at which the script of the account page stops.
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
