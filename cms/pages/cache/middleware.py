"""The page cache, first in the stack: a page that is the same for all visitors is made once.

A view says so by `Cache-Control: public`. Everything else passes through untouched.
"""

import logging
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request

from cms.core import clock
from cms.core.display import chosen
from cms.pages.cache.generation import current

logger = logging.getLogger("cms.cache")

QUERY: Final = frozenset(
    {"audience", "category", "kind", "language", "page", "place", "seats", "topic", "when"}
)
"""Filters of lists. A page asked for with anything else is made anew, or anybody could fill the cache."""
LONGEST_QUERY: Final = 200
LARGEST: Final = 4_000_000
"""Characters of a query string, and octets of a page, that are kept."""

WITHOUT_LANGUAGE: Final = frozenset({"/robots.txt", "/sitemap.xml"})
"""Addresses that are kept although they name no language."""

VARIES: Final = frozenset({"accept-encoding", "accept-language", "cookie"})
"""What a kept response may vary by: the key has the language, and cookies that matter are in it or absent."""
NEVER: Final = frozenset({"no-cache", "no-store", "private"})
SHAPE: Final = 1
"""Counted up when what lies in the cache changes its form: a new release finds nothing of an old one."""
PASSING: Final = frozenset({"date", "x-request-id"})
"""Headers that belong to one answer."""


class Kept(NamedTuple):
    """A response as it lies in the cache: headers by name in small letters, as Django holds them."""

    headers: dict[str, tuple[str, str]]
    body: bytes


class KeptResponse(HttpResponse):
    """A response from the cache."""

    def __init__(self, kept: Kept, *, with_body: bool) -> None:
        """Take the headers over as they were: setting fourteen of them costs as much as the look-up."""
        super().__init__(kept.body if with_body else b"", content_type="text/html")
        self.headers._store = kept.headers  # noqa: SLF001 - Django checked each when the page was made


class PageCacheMiddleware:
    """Answer from the cache, and fill it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.languages = frozenset(code for code, _name in settings.LANGUAGES)
        self.personal = frozenset({settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name})

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look the request up, or answer it and keep the response if it is the same for all."""
        key = self.key(request) if settings.PAGE_CACHE else ""
        if key and (kept := look_up(key)):
            return answer(request, kept)
        response = self.get_response(request)
        # A view may answer HEAD without a body: only GET fills the cache.
        if key and request.method == "GET" and is_shared(response):
            keep(key, response)
            return unless_known(request, response)
        return response

    def key(self, request: HttpRequest) -> str:
        """Return the key of a request that any visitor could have sent, otherwise nothing.

        The generation is read here, before the page: what is made while somebody publishes is kept
        under the number of before, where nobody looks for it once the new one is known.
        """
        meta, path = request.META, request.path_info
        if (
            request.method not in {"GET", "HEAD"}
            or "HTTP_AUTHORIZATION" in meta
            or not self.personal.isdisjoint(request.COOKIES)
            or hasattr(request, "is_dummy")  # A preview: Wagtail asks with the address of the page.
            or not path.startswith("/")  # No address at all, but servers pass it on.
        ):
            return ""
        language = path.split("/", 2)[1]
        if language not in self.languages:
            if path not in WITHOUT_LANGUAGE:
                return ""
            language = get_language_from_request(request)
        query = filters(request) if meta.get("QUERY_STRING") else ()
        if query is None or not (number := current()):
            return ""
        try:
            place = (request.scheme, request.get_host(), request.get_port(), request.path)
        except DisallowedHost:
            return ""
        facts = repr((SHAPE, place, language, query, chosen(request)))
        return f"{number}.{blake2b(facts.encode(), digest_size=16).hexdigest()}"


def filters(request: HttpRequest) -> list[tuple[str, Any]] | None:
    """Return the query in one order; None if it is not one of a list's."""
    if len(request.META["QUERY_STRING"]) > LONGEST_QUERY or not QUERY.issuperset(request.GET):
        return None
    return sorted(request.GET.lists())


def is_shared(response: HttpResponse) -> bool:
    """Tell whether a response may be given to somebody else."""
    if response.status_code != 200 or response.streaming:  # noqa: PLR2004 - HTTP's OK
        return False
    if response.cookies or "Set-Cookie" in response.headers:
        return False
    directives = _words(response, "Cache-Control")
    return (
        "public" in directives
        and not directives & NEVER
        and _words(response, "Vary") <= VARIES
        and len(response.content) <= LARGEST
    )


def _words(response: HttpResponse, header: str) -> set[str]:
    words = response.headers.get(header, "").lower().split(",")
    return {word.partition("=")[0].strip() for word in words} - {""}


def look_up(key: str) -> Kept | None:
    """Return what is kept; a cache that fails, in whichever way, has kept nothing."""
    try:
        found = caches["pages"].get(key)
        return Kept(*found) if found else None
    except Exception as error:  # noqa: BLE001 - each backend raises its own, and a page can be made without
        logger.warning("The page cache cannot be read: %s.", type(error).__name__)
        return None


def keep(key: str, response: HttpResponse) -> None:
    """Keep a response for others, and give it what they will get to recognise it by."""
    body = response.content
    patch_vary_headers(response, ("Cookie",))
    response.headers["ETag"] = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    response.headers["Content-Length"] = str(len(body))
    headers = {name.lower(): (name, value) for name, value in response.headers.items()}
    headers = {name: header for name, header in headers.items() if name not in PASSING}
    headers["cache-status"] = ("Cache-Status", "khidi; hit")
    try:
        caches["pages"].set(key, (headers, body), lasts(response))
    except Exception as error:  # noqa: BLE001 - as above
        logger.warning("The page cache cannot be filled: %s.", type(error).__name__)


def lasts(response: HttpResponse) -> int:
    """Return for how many seconds a response may be kept: never past an hour at which it says more.

    What was made before such an hour and comes here after it is not kept at all.
    """
    longest: int = settings.PAGE_CACHE_SECONDS
    until = getattr(response, "changes_at", None)
    if until is None:
        return longest
    return max(0, min(longest, int((until - clock.now()).total_seconds())))


def answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Return a kept response: without its body if the browser has it, or asked for its headers only."""
    return unless_known(request, KeptResponse(kept, with_body=request.method == "GET"))


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response, or a 304 if the browser has it already."""
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    # Ours is never None: only a response that is not given is not answered.
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response
