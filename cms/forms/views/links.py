"""Have a link sent that leads back: to one submission, or to all that name an address."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.core.security.limits import limited
from cms.forms.domain.send_link import send_link as mail_link
from cms.forms.domain.send_links import send_links
from cms.forms.presenters.find import AddressForm
from cms.forms.views.access import submission_or_404
from cms.forms.views.back import page_of, person_of


@require_POST
def send_link(request: HttpRequest, token: UUID) -> HttpResponse:
    """Send a link to what this browser or account holds, to the address that was typed."""
    submission = submission_or_404(request, token)
    form = AddressForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form["email"].errors)))
    elif limited(request, "forms.link", key=str(token)):
        messages.error(request, _("We have sent several links already. Please wait an hour."))
    else:
        mail_link(submission=submission, email=form.cleaned_data["email"], by=person_of(request))
        messages.success(request, _("A mail with the link is on its way."))
    return redirect(page_of(submission))


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """Send links to an address; the answer is the same whether we know it or not."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if limited(request, "forms.links", key=email.lower()):
            form.add_error(None, _("We have sent several links already. Please wait an hour."))
        else:
            send_links(email=email)
            return render(request, "forms/links_sent.html", {"email": email})
    return render(request, "forms/links.html", {"form": form})
