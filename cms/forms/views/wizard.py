"""The steps of a form, as a wizard of formtools: the address is the position, rows are the data.

The journey knows what is asked and what was answered; formtools leads from step to step. A GET
writes nothing. What was typed is stored before it is judged good enough to go on.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from formtools.wizard.storage.base import BaseStorage
from formtools.wizard.views import NamedUrlWizardView

from cms.core.renderer import Form
from cms.forms.journey import Journey, StepForm
from cms.forms.presenters import step as pages
from cms.forms.views import kept
from cms.forms.views.access import SignInError, submission_or_404
from cms.forms.views.saving import Saving


class Rows(BaseStorage):
    """Keeps nothing: the journey reads the rows, and `save_step` writes them before anything else."""

    current_step = property(
        lambda storage: storage.request.resolver_match.kwargs["step"],
        lambda storage, step: None,  # noqa: ARG005 - only the address decides
    )
    extra_data: dict[str, Any] = {}

    def reset(self) -> None:
        """Drop nothing."""

    def get_step_data(self, step: str) -> QueryDict | None:
        """Return what was sent while nobody was signed in; otherwise the journey looks into its rows."""
        return kept.kept(self.request, self.request.resolver_match.kwargs["token"], step)

    def set_step_data(self, step: str, cleaned_data: Any) -> None:
        """Do nothing: it is stored."""

    def get_step_files(self, step: str) -> None:
        """Return nothing: files are received as they come."""

    set_step_files = set_step_data


class Wizard(NamedUrlWizardView):
    """One step of one submission."""

    storage_name = "cms.forms.views.wizard.Rows"
    template_name = "forms/step.html"
    http_method_names = ("get", "head", "post")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the journey; a step that is hidden or unknown is not there."""
        super().setup(request, *args, **kwargs)
        self.submission = submission_or_404(request, kwargs["token"])
        self.journey = Journey(self.submission)
        if self.submission.is_draft and self.journey.step(kwargs["step"]) is None:
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away from what was sent already, but show what was typed."""
        if self.submission.is_draft:
            return super().dispatch(request, *args, **kwargs)
        if request.method != "POST":
            return redirect("forms:status", token=self.submission.token)
        page = pages.sent_page(self.journey, kwargs["step"], request.POST)
        return render(request, "forms/unsaved.html", page, status=409)

    def get_form_list(self) -> dict[str, type[StepForm]]:
        """Return the steps that are visible now: an answer may have added or hidden some."""
        self._resolved_form_list = self._cache_signature = None  # formtools deletes them
        return {step.key: StepForm for step in self.journey.steps}

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> StepForm:
        """Return the form that was just saved, or that of the journey."""
        if self.request.method == "POST":
            return self.saving.form
        form = self.journey.form(step or self.steps.current, data, files)
        return form if data or "missing" in self.request.GET else pages.patient(form)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Store what was typed, then do what the button said."""
        self.saving = Saving(self.request, self.journey, kwargs["step"])
        if answered := self.saving.answer():
            return answered
        if not self.saving.form.complete:
            return self.render(self.saving.form)
        self.get_form_list()
        return super().post(*args, **kwargs)

    def get_step_url(self, step: str) -> str:
        """Return the address of a step; behind the last one all answers are checked."""
        if step == self.done_step_name:
            return reverse("forms:check", args=[self.submission.token])
        return reverse(self.url_name, args=[self.submission.token, step])

    def get_context_data(self, form: StepForm, **kwargs: Any) -> dict[str, Any]:
        """Add what the page shows around the questions."""
        context: dict[str, Any] = super().get_context_data(form=form, **kwargs)
        before = None if self.request.method == "POST" else self.storage.current_step_data
        return context | pages.step_page(self.journey, form, self.request.user, kept=before)


wizard = Wizard.as_view([("placeholder", Form)], url_name="forms:step", done_step_name="/")


def step(request: HttpRequest, token: UUID, step: str) -> HttpResponse:
    """Show or save a step; what is sent after a session has ended is kept until somebody signs in."""
    try:
        return wizard(request, token=token, step=step)
    except SignInError:
        if request.method != "POST":
            raise
        return kept.ask_to_sign_in(request, token, step)
