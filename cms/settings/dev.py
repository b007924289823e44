"""A developer's machine."""

from cms.settings.base import *

DEBUG = True
SECRET_KEY = "not-secret-development-only"  # noqa: S105 - never used outside development
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
SERVE_MEDIA = True
PAGE_CACHE = False  # Templates change without anybody publishing.
