"""Wagtail's admin without inline script, so that one strict policy serves the whole site.

Where Wagtail prints `<script>new ImageChooser("id_x", {…})</script>` we print a mark that
`admin-init.js` starts. Choosers do it here, dates and inline panels in templates/wagtailadmin/.
A nonce would fail for parts of pages that are loaded later: they carry another one.
"""

import json
import re
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser

LOCALIZE_SCRIPTS = (
    "'sha256-Zi6020hVNJQUtMOgLuIImaOaART6TyIrghPC9PESpjg='",
    "'sha256-lLVZz8vyF0vCZL3ZQcc+U/kumGW1SlEfDpwWrXLLSRw='",
)
"""The two constant inline scripts of wagtail-localize: submit translation, edit translation."""

CALL = re.compile(r"(?P<new>new )?(?P<name>\w+)\((?P<args>.*)\);", re.DOTALL)


class PolicyMiddleware(CSPMiddleware):
    """The content security policy, with what Wagtail's admin needs beyond the public site's."""

    @cached_property
    def admin(self) -> str:
        """Return the path under which the admin lives."""
        return reverse("wagtailadmin_home")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the policy; a preview brings that of the public page, which forbids to be framed.

        A view marked `csp_exempt` keeps the policy it sets itself.
        """
        if self._in_admin(request) and not getattr(response, "_csp_exempt", False):
            del response[HEADER]
        return super().process_response(request, response)

    def _in_admin(self, request: HttpRequest) -> bool:
        return request.path_info.startswith(self.admin)

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 - django-csp's signature
    ) -> PolicyParts:
        """Widen the policy under the admin's path: inline styles, previews in a frame of our own."""
        parts = super().get_policy_parts(request, response, report_only)
        if self._in_admin(request):
            parts.update = {
                **(parts.update or {}),
                "script-src": LOCALIZE_SCRIPTS,
                "style-src": ["'unsafe-inline'"],  # The translation editor is dead without.
                "img-src": ["blob:"],  # An upload is shown before it is sent.
            }
            parts.replace = {**(parts.replace or {}), "frame-ancestors": ["'self'"]}
        return parts


def mark(script: str) -> SafeString:
    """Return the mark for a script that is one call with JSON arguments.

    Raises:
        ImproperlyConfigured: the script is anything else; the widget needs a template of its own.

    """
    call = CALL.fullmatch(script.strip())
    try:
        args = json.loads(f"[{call['args']}]") if call else None
    except json.JSONDecodeError:
        args = None
    if call is None or args is None:
        raise ImproperlyConfigured(f"Not a single call with JSON arguments: {script[:80]}")
    return format_html(
        '<span hidden data-init="{}" data-args="{}"{}></span>',
        call["name"],
        json.dumps(args),
        SafeString(" data-new") if call["new"] else "",
    )


def render_chooser(
    chooser: BaseChooser,
    name: str,
    value: Any,
    attrs: dict[str, Any] | None = None,
    renderer: object = None,  # noqa: ARG001 - Django's signature
) -> SafeString:
    """Render a chooser as Wagtail does, with a mark in the place of its script."""
    key = (attrs or {})["id"]
    data = chooser.get_value_data(value)
    html = SafeString(chooser.render_html(name, data, attrs))
    return html + mark(chooser.render_js_init(key, name, data))


def install() -> None:
    """Let every chooser of Wagtail render without inline script."""
    BaseChooser.render = render_chooser
