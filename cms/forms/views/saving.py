"""One POST to a step: its files, then everything that was typed, then what the button asks for."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.zones import moment
from cms.forms.domain.errors import FormsError, NotNowError
from cms.forms.domain.files import remove_file
from cms.forms.domain.save_step import Conflict, Saved
from cms.forms.domain.write_step import write_step
from cms.forms.journey import Journey
from cms.forms.presenters import step as pages
from cms.forms.presenters.receipt import zone_of
from cms.forms.views import kept


class Saving:
    """What has become of it; `form` shows it, with what is wrong."""

    def __init__(self, request: HttpRequest, journey: Journey, step: str) -> None:
        self.request = request
        self.journey = journey
        self.step = step
        data = chosen(request.POST, journey, step)
        written = write_step(
            journey=journey,
            step=step,
            data=data,
            uploads=request.FILES,
            serial=pages.serial_of(request.POST),
        )
        self.form, self.saved, self.wrong = written.form, written.saved, written.wrong
        for key, errors in self.wrong.items():
            self.form.errors.pop(key, None)  # "Choose a file" would be said to somebody who did.
            self.form.add_error(key, errors)

    def answer(self) -> HttpResponse | None:
        """Return where the button leads, or None where it leads on."""
        if not isinstance(self.saved, Saved):
            return self._not_saved()
        kept.forget(self.request, self.journey.submission.token, self.step)
        self.journey.submission.saved_at = clock.now()
        if "autosave" in self.request.POST:
            return self._told()
        if self.wrong:
            return None
        return self._aside()

    def _aside(self) -> HttpResponse | None:
        """Do what the other buttons say: what was typed is kept all the same."""
        post, token = self.request.POST, self.journey.submission.token
        here = pages.step_url(self.journey.submission, self.step)
        if "remove" in post:
            with suppress(ValueError, FormsError):  # Nonsense removes nothing; the page shows what is there.
                remove_file(journey=self.journey, token=UUID(post["remove"]))
            return redirect(here)
        if "add-organisation" in post:
            return redirect(f"{reverse('account_new_organisation')}?{urlencode({'next': here})}")
        if "later" in post:
            messages.success(self.request, _("Saved. You can go on whenever you like."))
            return redirect("forms:tasks", token=token)
        return None

    def _not_saved(self) -> HttpResponse:
        if isinstance(self.saved, Conflict):
            page = pages.conflict_page(self.journey, self.form, self.saved)
            return render(self.request, "forms/conflict.html", page, status=409)
        typed = pages.typed_into(self.journey, self.step, self.request.POST)
        page = pages.unsaved_page(self.journey.submission, typed, NotNowError().text)
        return render(self.request, "forms/unsaved.html", page, status=409)

    def _told(self) -> JsonResponse:
        at = moment(self.journey.submission.saved_at, zone_of(self.journey.submission))
        text = _("Saved: %(moment)s") % {"moment": at}
        return JsonResponse({"serial": self.journey.serial(self.step), "text": text})


def chosen(post: QueryDict, journey: Journey, step: str) -> QueryDict:
    """Return what was posted, with the other window's text where somebody has chosen that."""
    keys = {name.removeprefix("choose-") for name in post if post[name] == "theirs"}
    outline = journey.outline.step(step)
    if not keys or outline is None:
        return post
    theirs = journey.form(step).raw
    data = post.copy()
    for name, question in outline.names.items():
        if question.key in keys:
            data.setlist(f"{step}-{name}", list(theirs.get(name, ())))
    return data
