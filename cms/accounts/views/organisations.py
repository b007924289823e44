"""The organisations for which a person acts."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.accounts import queries
from cms.accounts.domain.change_organisation import change_organisation
from cms.accounts.domain.errors import RegisteredAlreadyError
from cms.accounts.domain.make_organisation import make_organisation
from cms.accounts.enums import OrganisationKind
from cms.accounts.models import Organisation, User
from cms.accounts.organisation_form import KINDS, OrganisationForm
from cms.accounts.policy import organisations_to_change
from cms.accounts.request import signed_in
from cms.core.security.once import key_for


@login_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """List them."""
    memberships = queries.memberships_of(signed_in(request))
    return render(request, "account/organisations.html", {"memberships": memberships})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the kind, then for what belongs to it; lead back to where the person came from."""
    return _edit(request, signed_in(request), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one; of another kind, if `kind` says so."""
    person = signed_in(request)
    return _edit(request, person, get_object_or_404(organisations_to_change(person), pk=pk))


def _edit(request: HttpRequest, person: User, organisation: Organisation | None) -> HttpResponse:
    kind = request.GET.get("kind", organisation.kind if organisation else "")
    back = _next(request)
    context = {"organisation": organisation, "next": back}
    if kind not in OrganisationKind.values:
        return render(request, "account/organisation_kind.html", context | {"kinds": KINDS})
    data = request.POST if request.method == "POST" else None
    form = OrganisationForm(data, kind=OrganisationKind(kind), person=person, organisation=organisation)
    if data is not None and form.is_valid() and _saved(request, form, person, organisation):
        messages.success(request, _("Saved."))
        return redirect(back or reverse("account_organisations"))
    return render(request, "account/organisation.html", context | {"form": form})


def _saved(
    request: HttpRequest, form: OrganisationForm, person: User, organisation: Organisation | None
) -> bool:
    try:
        if organisation is None:
            make_organisation(particulars=form.particulars(), key=key_for(request), by=person)
        else:
            change_organisation(organisation=organisation, particulars=form.particulars(), by=person)
    except RegisteredAlreadyError as error:
        form.add_error("registry_number", error.message)
        return False
    return True


def _next(request: HttpRequest) -> str:
    """Return where to go afterwards, if it is on this site."""
    return get_next_redirect_url(request, REDIRECT_FIELD_NAME) or ""
