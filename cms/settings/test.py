"""The test suite: the demonstration site is installed, nothing is throttled, nothing leaves."""

from cms.settings.base import *

SECRET_KEY = "not-secret-tests-only"  # noqa: S105 - never used outside tests
DEBUG = False
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
