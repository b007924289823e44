"""The icon of the site where browsers look for it on their own: on pages that name none, and for files."""

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def favicon(request: HttpRequest) -> HttpResponseRedirect:  # noqa: ARG001 - the same for everybody
    """Lead to the mark that pages show; its address changes with its content."""
    return HttpResponseRedirect(static("core/look/mark.svg"))
