"""What somebody sent to a step after their session had ended: kept until they have signed in again.

Nothing reaches the submission before its owner has proved who they are, looked at it and saved it.
Until then it lies encrypted in the session of this browser, for half an hour at most.
"""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.security.limits import limited
from cms.forms.presenters.step import listed
from cms.forms.vault import UnreadableError, seal, unseal

KEPT = "cms.forms.views.kept"
LONGEST = timedelta(minutes=30)
MOST_STEPS = 4
MOST_CHARACTERS = 300_000
"""In all texts of one step together; a form with more than that is no form."""


def keep(request: HttpRequest, token: UUID, step: str) -> bool:
    """Keep what was posted; tell whether it was: not everything, and not for ever."""
    typed = _typed(request, step)
    if len(json.dumps(typed)) > MOST_CHARACTERS or limited(request, "forms.keep"):
        return False
    others = {name: entry for name, entry in _entries(request).items() if name != _name(token, step)}
    latest = dict(list(others.items())[-(MOST_STEPS - 1) :])
    entry = {"at": clock.now().isoformat(), "sealed": seal(typed)}
    request.session[KEPT] = latest | {_name(token, step): entry}
    return True


def kept(request: HttpRequest, token: UUID, step: str) -> QueryDict | None:
    """Return what was kept for a step, as it was posted."""
    entry = _entries(request).get(_name(token, step))
    if entry is None:
        return None
    try:
        typed = unseal(entry["sealed"])
    except UnreadableError:
        return None
    found = QueryDict(mutable=True)
    for name, texts in typed.items():
        found.setlist(name, texts)
    return found


def forget(request: HttpRequest, token: UUID, step: str) -> None:
    """Drop what was kept for a step, once it is saved."""
    if _name(token, step) in request.session.get(KEPT, ()):
        request.session[KEPT] = {
            name: entry for name, entry in _entries(request).items() if name != _name(token, step)
        }


def ask_to_sign_in(request: HttpRequest, token: UUID, step: str) -> HttpResponse:
    """Lead to sign-in and back to the step; what cannot be kept is shown, to be copied."""
    if keep(request, token, step):
        messages.warning(request, _("Please sign in again: what you have typed is kept for half an hour."))
        return redirect_to_login(reverse("forms:step", args=[token, step]))
    texts = [(name.removeprefix(f"{step}-"), listed(texts)) for name, texts in _typed(request, step).items()]
    context = {"reason": _("You are signed out. Copy your text, sign in and try again."), "typed": texts}
    return render(request, "forms/unsaved.html", context, status=403)


def _entries(request: HttpRequest) -> dict[str, Any]:
    """Return what is not too old."""
    since = clock.now() - LONGEST
    found: dict[str, Any] = request.session.get(KEPT, {})
    return {name: entry for name, entry in found.items() if datetime.fromisoformat(entry["at"]) > since}


def _name(token: UUID, step: str) -> str:
    return f"{token}/{step}"


def _typed(request: HttpRequest, step: str) -> dict[str, Any]:
    return {
        name: texts for name, texts in request.POST.lists() if name == "serial" or name.startswith(f"{step}-")
    }
