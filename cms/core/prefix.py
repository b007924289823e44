"""The language in front of a path."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language


class LanguagePrefixMiddleware(LocaleMiddleware):
    """Lead an address without a language to the one with it, but leave refusals alone.

    Django tries the path with a language for every 404, also when a view has decided on it: an
    object that a person may not see in the admin would answer 302, because below a language any
    path could be a page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Skip the second try if a view has answered."""
        if response.status_code != 404 or request.resolver_match is None:  # noqa: PLR2004 - not found
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", get_language() or "")
        return response
