"""Requests as broken as they come, before any middleware could look at them."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.http import parse_header_parameters


class Request(WSGIRequest):
    """Django's request, without three ways of making Django answer 500."""

    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(environ)
        # In quotes a cookie can hold any octet; PostgreSQL refuses even to look for one with NUL.
        self.COOKIES = {name: value for name, value in self.COOKIES.items() if "\0" not in value}

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        """Read everything as UTF-8, whatever charset is claimed.

        Browsers send no other. Python knows some that are no text, such as "hex": reading with one
        fails while the request is being made, where nobody would catch it.
        """
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))

    def _load_post_and_files(self) -> None:
        """Let an address that does not exist stay a 404 whatever was sent there.

        Django's page for it looks for a CSRF token, and is the first to read the body.
        """
        try:
            super()._load_post_and_files()
        except MultiPartParserError:
            if self.resolver_match is not None:
                raise


class Handler(WSGIHandler):
    """The WSGI application over our own requests."""

    request_class = Request
