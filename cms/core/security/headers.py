"""Headers that Django and django-csp leave out."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
"""Features of browsers that no page uses."""

PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED)
SIGNED_OUT = "khidi.signed_out"


@receiver(user_logged_out, dispatch_uid="core.signed_out")
def note_sign_out(sender: object, *, request: HttpRequest | None, **_kwargs: Any) -> None:  # noqa: ARG001 - a signal's signature
    """Remember that the answer to this request ends a session."""
    if request is not None:
        request.META[SIGNED_OUT] = True


class SecurityHeadersMiddleware:
    """Switch off unused browser features, and keep personal pages out of every cache.

    It stands before the session's middleware and never asks for the user, so that a public page
    of a visitor costs no query and varies by nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to every response."""
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if is_account(request) or (has_session(request, response) and not _says_itself(request, response)):
            response["Cache-Control"] = "no-store, private"
        if request.META.get(SIGNED_OUT):
            # What a browser kept of a shared computer's last user; cookies end with the session.
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def has_session(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether the visitor has a session, signed in or about to be."""
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies


def is_account(request: HttpRequest) -> bool:
    """Tell whether the address is one of /<language>/account/."""
    return request.path_info.split("/")[2:3] == ["account"]


def _says_itself(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether the response has its own rule: static files, catalogues, `never_cache`."""
    public = (settings.STATIC_URL, settings.MEDIA_URL)
    return request.path.startswith(public) or "Cache-Control" in response
