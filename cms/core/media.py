"""Uploaded pictures, where no web server in front hands them out."""

import posixpath
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

PUBLIC: Final = frozenset({"avatar_images", "images", "original_images"})
"""Folders that anybody may read. Documents lie beside them, and their own door asks who may."""


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Hand out a picture.

    Raises:
        Http404: there is none, or it is no picture.

    """
    inside = posixpath.normpath(path).lstrip("/")
    if inside.partition("/")[0] not in PUBLIC:
        raise Http404
    response: HttpResponseBase = serve(request, inside, document_root=str(settings.MEDIA_ROOT))
    return response
