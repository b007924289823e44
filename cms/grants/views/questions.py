"""All questions of a call on one page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from cms.grants import presenters
from cms.grants.views.calls import call_or_404


@require_http_methods(["GET", "HEAD"])
def questions(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the form asks today, to read and to print.

    Raises:
        Http404: nobody has published the form yet.

    """
    call = call_or_404(code)
    if call.form.current is None:
        raise Http404
    language = get_language() or settings.LANGUAGE_CODE
    context = {
        "asked": presenters.all_questions(call, call.form.current, language=language),
        "facts": presenters.facts(call, language=language, minutes=None),
    }
    return render(request, "cms_grants/questions.html", context)
