"""The page at an address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from cms.core.pages import BasePage
from cms.pages import queries
from cms.pages.cache.generation import remembered
from cms.pages.presenters.links import short
from cms.pages.presenters.lists import understood


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Show the page at `path`; Wagtail's own view asks its hooks who may see it.

    Raises:
        Http404: there is no published page at the path in any language.

    """
    page = found(path, get_language() or "")
    # Wagtail looks here before it searches the tree by itself.
    request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined] # noqa: SLF001 - the only door
    response: HttpResponse = views.serve(request, path)
    if request.GET and not understood(page, request.GET):
        response.headers.pop("Cache-Control", None)
        patch_cache_control(response, private=True, no_store=True)
    return response


def found(path: str, language: str) -> Page:
    """Return the published page at `path` with what is remembered of it: three questions fewer.

    Raises:
        Http404: there is none. That is not remembered, or made-up addresses would fill the cache.

    """

    def look() -> tuple[type[Page], int]:
        spot = queries.at(path, language, remembered("homes", queries.homes))
        if spot is None:
            raise Http404
        return spot

    page = queries.whole(*remembered(f"at:{language}:{short([path])}", look))
    if page is None:
        raise Http404
    if isinstance(page, BasePage):
        own = page
        page.translations = remembered(f"translations:{page.pk}", lambda: own.translations)
        if not remembered("any-door", queries.any_door):
            page.restrictions = PageViewRestriction.objects.none()
    return page
