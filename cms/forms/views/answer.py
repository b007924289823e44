"""What is open once more, for the office or at one's own wish: look at it, change it, send it."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.core.arrival import arrived_at
from cms.core.security.once import key_for
from cms.forms.domain.errors import BusyError, FormsError, IncompleteError, NotNowError
from cms.forms.domain.files import remove_file
from cms.forms.domain.save_step import Saved, save_step
from cms.forms.domain.send_again import Line, NothingNewError, journey_of, send_again
from cms.forms.domain.take_files import take_files
from cms.forms.journey import Journey, StepForm
from cms.forms.models import Reopening, Submission
from cms.forms.presenters import answer as pages
from cms.forms.presenters.step import conflict_page, sent_page, serial_of
from cms.forms.queries.reopened import WITH_FORM, first_of, open_by_cause, was_amended
from cms.forms.views.access import submission_or_404
from cms.forms.views.back import person_of
from cms.forms.views.saving import chosen

OK, CONFLICT, BUSY = 200, 409, 503


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show what was sent beside what would be sent; a POST sends it, however often it comes."""
    submission = submission_or_404(request, token)
    form = pages.AnswerForm(request.POST if request.method == "POST" else None)
    problems: dict[str, list[str]] = {}
    status = OK
    if form.is_bound and form.is_valid():
        try:
            return _send(request, submission, form)
        except IncompleteError as error:
            problems = error.problems
            messages.error(request, error.text)
        except NotNowError as error:
            messages.error(request, error.text)
            return redirect("forms:status", token=token)
        except NothingNewError as error:
            form.add_error("text", error.text)
        except FormsError as error:
            status = BUSY if isinstance(error, BusyError) else OK
            messages.error(request, error.text)
    opened = first_of(open_by_cause(submission, WITH_FORM))
    if opened is None:
        return redirect("forms:status", token=token)
    shown = pages.form_of(opened) if opened.is_amendment or not form.is_bound else form
    journey = journey_of(submission, opened)
    page = pages.answer_of(journey, opened, shown, problems or journey.problems(), arrived_at(request))
    return render(request, "forms/answer.html", page, status=status)


def _send(request: HttpRequest, submission: Submission, form: pages.AnswerForm) -> HttpResponse:
    version = send_again(
        submission=submission,
        number=form.cleaned_data["number"],
        arrived=arrived_at(request),
        by=person_of(request),
        line=Line(text=form.cleaned_data["text"], key=key_for(request)),
    )
    amended = was_amended(version)
    told = _("Thank you. What you have changed counts from now on.") if amended else ""
    messages.success(request, told or _("Thank you. We have received your answer."))
    return redirect("forms:status", token=submission.token)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, token: UUID, step: str) -> HttpResponse:
    """Show or save the open questions of one step; the others are not on the page and cannot be sent."""
    submission = submission_or_404(request, token)
    opened = first_of(open_by_cause(submission, WITH_FORM))
    if opened is None or request.POST.get("number", str(opened.pk)) != str(opened.pk):
        return _too_late(request, submission, step)
    journey = journey_of(submission, opened)
    if journey.step(step) is None:
        raise Http404
    if request.method == "POST":
        return _save(request, journey, opened, step)
    return _show(request, journey, opened, journey.form(step))


def _save(request: HttpRequest, journey: Journey, opened: Reopening, step: str) -> HttpResponse:
    data = chosen(request.POST, journey, step)
    wrong = take_files(journey=journey, step=step, data=data, uploads=request.FILES)
    form = journey.form(step, data)
    try:
        saved = save_step(
            journey=journey,
            step=step,
            raw=form.raw,
            shown=form.shown,
            serial=serial_of(request.POST),
            complete=form.complete,
        )
    except NotNowError:
        return _too_late(request, journey.submission, step)
    if not isinstance(saved, Saved):
        page = conflict_page(journey, form, saved) | pages.instead(journey.submission, step)
        return render(request, "forms/conflict.html", page, status=CONFLICT)
    here = pages.step_url(journey.submission, step)
    if "remove" in request.POST:
        with suppress(ValueError, FormsError):  # Nonsense removes nothing; the page shows what is there.
            remove_file(journey=journey, token=UUID(request.POST["remove"]))
        return redirect(here)
    for key, errors in wrong.items():
        form.errors.pop(key, None)  # "Choose a file" would be said to somebody who did.
        form.add_error(key, errors)
    if form.errors or form.new:
        return _show(request, journey, opened, form)
    return redirect("forms:answer", token=journey.submission.token)


def _show(request: HttpRequest, journey: Journey, opened: Reopening, form: StepForm) -> HttpResponse:
    page = pages.step_page(journey, form, opened, serial=journey.serial(form.key))
    return render(request, "forms/answer_step.html", page)


def _too_late(request: HttpRequest, submission: Submission, step: str) -> HttpResponse:
    """Show what was typed: in another window it was sent or dropped, or something else is asked now."""
    if request.method != "POST":
        return redirect("forms:status", token=submission.token)
    page = sent_page(Journey(submission), step, request.POST)
    return render(request, "forms/unsaved.html", page, status=CONFLICT)
