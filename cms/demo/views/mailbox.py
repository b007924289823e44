"""Every message of the demonstration, for everybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.demo import queries


@require_safe
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show mails and calls, codes and links included; `?to=` keeps those to one address."""
    to = request.GET.get("to", "").replace("\0", "")[:254]
    calls = [] if to else queries.calls()
    return render(request, "demo/mailbox.html", {"mails": queries.mails(to), "calls": calls, "to": to})
