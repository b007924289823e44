"""What search engines ask first: the map of the site, and what is none of their business."""

from typing import Final
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from cms.core.absolute import absolute
from cms.pages.presenters.sitemap import places

SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"
NOT_FOR_ROBOTS: Final = ("/admin/", "/demo/", "/*/account/", "/*/display/", "/*/demo/", "/*/_util/")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Answer the map: published translations only, nothing behind a door."""
    root = ET.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for place in places():
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = place.url
        if place.changed:
            ET.SubElement(url, "lastmod").text = place.changed.isoformat(timespec="seconds")
        for code, address in place.alternates:
            ET.SubElement(url, "xhtml:link", rel="alternate", hreflang=code, href=address)
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return _for_all(HttpResponse(body, content_type="application/xml; charset=utf-8"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Answer robots.txt; a demonstration is to be found by nobody."""
    closed = ("/",) if settings.DEMO else NOT_FOR_ROBOTS
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return _for_all(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


def _for_all(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response
