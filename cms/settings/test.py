"""The test suite: fast, the same on every machine, and nothing leaves the process."""

import atexit
import os
import shutil
import tempfile

# Set before the topics are read, so that neither a developer's .env nor var/ takes part. What the
# environment itself says still wins: DATABASE_URL chooses the database, and tests that start
# servers pass addresses on.
if "VAR" not in os.environ:
    os.environ["VAR"] = tempfile.mkdtemp(prefix="khidi-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR"], ignore_errors=True)
for _name, _value in {
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "CACHE_URL": "",
    "DATABASE_URL": f"sqlite:///{os.environ['VAR']}/khidi.sqlite3",
    "JOBS": "off",
    "PAGE_CACHE": "off",
    "SITE_URL": "http://localhost:8000",
    "SMTP_URL": "memorymail://",
    "TIME_ZONE": "Asia/Tbilisi",
}.items():
    os.environ.setdefault(_name, _value)

from cms.settings.base import *  # noqa: E402 - the variables above come first

SECRET_KEY = "not-secret-tests-only"  # noqa: S105 - never used outside tests
DEBUG = False
ALLOWED_HOSTS = ["*"]

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns about a missing folder.
WHITENOISE_AUTOREFRESH = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING["root"]["level"] = "WARNING"

DEMO = True
INSTALLED_APPS = ["cms.demo", *INSTALLED_APPS]
TEMPLATES[0]["OPTIONS"]["context_processors"] += ["cms.demo.context.demonstration"]
