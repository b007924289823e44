"""What people see and change of their own account."""

from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from cms.accounts import queries, second_factor
from cms.accounts.domain.end_sessions import end_session
from cms.accounts.forms import PersonForm
from cms.accounts.policy import is_staff
from cms.accounts.request import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Show the account; keep name and language."""
    person = signed_in(request)
    form = PersonForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        with override(person.preferred_language):
            messages.success(request, _("Saved."))
            return redirect("account_overview")
    context = {
        "form": form,
        "addresses": queries.addresses_of(person),
        "second_factor": queries.second_factor_of(person),
        "second_factor_required": second_factor.required(person),
        "roles": queries.roles_of(person),
        "is_staff": is_staff(person),
    }
    return render(request, "account/overview.html", context)


class Sessions(ListUserSessionsView):
    """Where a person is signed in; ends the others all at once."""

    template_name = "usersessions/usersession_list.html"


@login_required
@require_POST
def end_one_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session of one's own; ending this one leads to the home page."""
    ended = end_session(user=signed_in(request), pk=pk)
    if ended == request.session.session_key:
        request.session.flush()
        return redirect(reverse("wagtail_serve", args=[""]))
    messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")
