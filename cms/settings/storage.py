"""Static files with hashed names; public media and private files in folders of VAR."""

from typing import Any

from cms.settings.environment import VAR

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
SERVE_MEDIA = False
"""Whether this process hands out pictures; a web server in front does it better.

It must leave out the folder `documents`: who may read one is asked at /documents/."""

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "cms.core.storage.PrivateStorage", "OPTIONS": {"location": VAR / "private"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
"""A 40-question form is 2,211 form elements in the editor; Django's 1,000 would lose the work."""

LARGEST_BODY = 512 * 1024 * 1024
"""Bytes of one request with all its files; eight at once must find room in VAR/tmp."""

WAGTAILDOCS_EXTENSIONS = [
    *("csv", "doc", "docx", "epub", "ics", "odp", "ods", "odt"),
    *("pdf", "ppt", "pptx", "rtf", "txt", "xls", "xlsx"),
]
"""What editors upload as documents: nothing that a browser would run as a part of the site."""
