"""Come back with a reference and a code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.core.security.limits import limited
from cms.forms import references
from cms.forms.domain.claim import claim
from cms.forms.presenters.mine import FindForm
from cms.forms.views.access import admit
from cms.forms.views.back import page_of, person_of
from cms.forms.views.mine import show_mine

TOO_MANY = 429


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Let the browser in; nothing tells whether reference or code was wrong, nor whether there is one."""
    if request.method != "POST":
        return redirect("forms:mine")
    form = FindForm(request.POST)
    if not form.is_valid():
        return show_mine(request, form)
    reference, code = form.cleaned_data["reference"], form.cleaned_data["code"]
    if limited(request, "forms.find", key=references.tidy(reference)):
        form.add_error(None, _("There were too many tries. Please wait an hour, or ask us by telephone."))
        response = show_mine(request, form)
        response.status_code = TOO_MANY
        return response
    submission = claim(reference=reference, code=code, by=person_of(request))
    if submission is None:
        form.add_error(
            None, _("We find nothing with this reference and this code. Compare both sign by sign.")
        )
        return show_mine(request, form)
    admit(request, submission)
    return redirect(page_of(submission))
