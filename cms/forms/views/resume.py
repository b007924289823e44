"""Come back by a link from a mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.core.security.limits import limited
from cms.forms.domain.resume import opens
from cms.forms.domain.resume import resume as follow
from cms.forms.domain.send_link import digest_of
from cms.forms.presenters.find import AddressForm
from cms.forms.views.access import admit
from cms.forms.views.back import page_of, person_of

FOLLOWED = "cms.forms.views.resume"
"""Session key: which link led where, so that a button pressed twice opens once and works twice."""

GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, key: str) -> HttpResponse:
    """Show a button: programs that look into mails follow links, but press nothing. Then let in.

    The page keeps the site's referrer policy: without any referrer browsers send the origin "null",
    and the token against forged requests would be refused. To other sites no address goes out.
    """
    if limited(request, "forms.resume"):
        return render(request, "429.html", status=429)
    if request.method != "POST":
        return _show(request, works=opens(key=key))
    digest = digest_of(key)
    submission = follow(key=key, by=person_of(request))
    if submission is None:
        token = request.session.get(FOLLOWED, {}).get(digest)
        return redirect("forms:tasks", token=token) if token else _show(request, works=False)
    admit(request, submission)
    request.session[FOLLOWED] = {digest: str(submission.token)}
    return redirect(page_of(submission))


def _show(request: HttpRequest, *, works: bool) -> HttpResponse:
    if works:
        return render(request, "forms/resume.html")
    return render(request, "forms/resume_gone.html", {"form": AddressForm()}, status=GONE)
