"""Translations for the scripts of the admin.

Django reads the folders of the packages alone; the gaps of their Georgian stand in locale/vendor.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response


class ScriptTexts(JavaScriptCatalog):
    """The texts of a package's scripts, its own first and then what our catalogues add."""

    def get_paths(self, packages: Any) -> list[Any]:
        """Return the folders to merge; later ones win."""
        return [*super().get_paths(packages), *reversed(settings.LOCALE_PATHS)]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer in the language the person chose for the admin."""
        response: HttpResponse = get_localized_response(super().get, request, *args, **kwargs)
        return response
