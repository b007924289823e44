"""`make run`: the embedded shape with the demonstration site, on this machine only.

Nothing leaves: mail goes into the demonstration mailbox, whatever SMTP_URL says. These settings
are no base for a real site; a system check refuses `cms.demo` outside of them.
"""

from cms.settings.base import *
from cms.settings.environment import VAR, env
from cms.settings.kept import kept_folder, kept_secret

DEMO = True
INSTALLED_APPS = ["cms.demo", *INSTALLED_APPS]  # First, so that its templates win.
TEMPLATES[0]["OPTIONS"]["context_processors"] += ["cms.demo.context.demonstration"]

FILE_UPLOAD_TEMP_DIR = kept_folder(VAR / "tmp")
SECRET_KEY = kept_secret(VAR / "secret-key")
LOGGING["root"]["level"] = "WARNING"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

if not env.str("DATABASE_URL", default=""):
    DATABASES["default"]["NAME"] = VAR / "demo.sqlite3"

JOBS = env.str("JOBS", default="embedded")
SMTP = {"EMAIL_BACKEND": "cms.demo.mail.MailboxBackend"}
SERVE_MEDIA = True
# Nothing is compressed: the browser sits on the same machine, and it would take eight seconds.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
WAGTAIL_SITE_NAME = "Khidi · demo"
