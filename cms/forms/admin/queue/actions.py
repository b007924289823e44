"""What staff do with one submission: one page, one question, one button."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from cms.accounts.models import User
from cms.core.languages import language_name
from cms.core.security.once import key_of
from cms.forms import kinds
from cms.forms.domain.assign import assign, set_due
from cms.forms.domain.clarify import askable, clarify, latest
from cms.forms.domain.errors import BusyError, NotAllowedError, NotNowError
from cms.forms.domain.move import leads_on, move, possible
from cms.forms.domain.note import note
from cms.forms.domain.receipt import recipient_of
from cms.forms.domain.take_back import take_back
from cms.forms.enums import OPEN_PHASES, Audience
from cms.forms.journey import outline_of
from cms.forms.models import Submission
from cms.forms.policy import assignable, may_work_on
from cms.forms.presenters.staff import AskForm, AssignForm, Groups, NoteForm, ReasonForm, WriteForm
from cms.forms.transitions import Transition


class ActionView(BaseObjectMixin, WagtailAdminTemplateMixin, FormView[forms.Form]):
    """Ask, then do it; the guard has made sure that the person reads the submission."""

    model = Submission
    template_name = "forms/admin/action.html"
    form_class = forms.Form
    question: str | Promise = ""
    explanation: str | Promise = ""
    button: str | Promise = ""
    done: str | Promise = ""
    serious = False

    def perform(self, form: forms.Form) -> None:
        """Call the verb.

        Raises:
            NotNowError: the submission has moved on.
            NotAllowedError: the person may not do this.

        """
        raise NotImplementedError

    def possible(self) -> bool:
        """Tell whether it can be done as the submission stands now; the verb asks once more."""
        return self.object.phase in OPEN_PHASES

    def get_base_object_queryset(self) -> Any:
        """Fetch what the page names."""
        return Submission.objects.select_related("unit", "owner", "assignee", *kinds.related())

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what the person may not do, and say so where it is no longer possible."""
        if not may_work_on(request.user, self.object):
            raise Http404
        if request.method == "GET" and not self.possible():
            return self.too_late()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it, then lead back to the submission."""
        try:
            self.perform(form)
        except NotAllowedError as error:
            raise Http404 from error
        except BusyError as error:
            messages.error(self.request, error.text)
            return self.form_invalid(form)  # What was typed stays on the page.
        except NotNowError as error:
            return self.too_late(error.text)
        messages.success(self.request, self.done)
        return redirect(self.back_url)

    def too_late(self, text: str = "") -> HttpResponse:
        """Lead to the submission as it is now."""
        messages.warning(self.request, text or NotNowError().text)
        return redirect(self.back_url)

    @property
    def person(self) -> User:
        """Whoever asks; nobody gets here without signing in."""
        if not isinstance(self.request.user, User):
            raise Http404
        return self.request.user

    @property
    def back_url(self) -> str:
        """The page of the submission."""
        return reverse("submissions:inspect", args=(self.object.pk,))

    def get_page_title(self) -> str:
        """Return the question."""
        return str(self.question)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the submission and the queue."""
        items: list[dict[str, Any]] = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("submissions:index"), "label": gettext("Submissions")},
            {"url": self.back_url, "label": self.object.reference},
            {"url": "", "label": self.get_page_title()},
        ]
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the submission."""
        context: dict[str, Any] = super().get_context_data(object=self.object, **kwargs)
        return context


class MoveView(ActionView):
    """Take one of the steps that the table of its kind offers to staff."""

    done = _("Done.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Know only the steps of this kind."""
        self.verb = kwargs["verb"]
        if self.verb not in kinds.of(self.object).transitions:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def step(self) -> Transition:
        """Return what the table says of it."""
        return kinds.of(self.object).transitions[self.verb]

    @property
    def explanation(self) -> str:  # type: ignore[override]  # here it depends on the step
        """Say how the person hears of it."""
        return way_of(self.object) if self.step.reason else str(kinds.of(self.object).staff_words.see)

    @property
    def serious(self) -> bool:  # type: ignore[override]  # here it depends on the step
        """Tell whether it takes something away from people."""
        return self.step.serious

    def get_form_class(self) -> type[forms.Form]:
        """Ask for the reason, where the person is told one."""
        return ReasonForm if self.step.reason else self.form_class

    def possible(self) -> bool:
        """Tell whether its state leads there."""
        return self.verb in possible(self.object)

    def get_page_title(self) -> str:
        """Return the step."""
        return str(self.step.label)

    @property
    def button(self) -> str:  # type: ignore[override]  # here it depends on the step
        """Return the step once more."""
        return self.get_page_title()

    def perform(self, form: forms.Form) -> None:
        """Take it."""
        reason = form.cleaned_data.get("reason", "")
        move(submission=self.object, verb=self.verb, by=self.person, reason=reason)


class AssignView(ActionView):
    """Say who does it, and by when."""

    form_class: type[forms.Form] = AssignForm
    question = _("Assign")
    button = _("Save")
    done = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people who may do it; whoever does it now stays on offer."""
        initial = {"person": self.object.assignee_id, "due_on": self.object.due_on}
        people = assignable([self.object]) | User.objects.filter(pk=self.object.assignee_id)
        return super().get_form_kwargs() | {"people": people, "initial": initial}

    def perform(self, form: forms.Form) -> None:
        """Save both."""
        assign(submission=self.object, to=form.cleaned_data["person"], by=self.person)
        set_due(submission=self.object, due_on=form.cleaned_data["due_on"], by=self.person)


class TakeView(ActionView):
    """Take it on oneself."""

    question = _("Assign to me")
    button = _("Assign to me")
    done = _("It is yours.")

    def perform(self, form: forms.Form) -> None:  # noqa: ARG002 - there is nothing to fill in
        """Assign it."""
        assign(submission=self.object, to=self.person, by=self.person)


class NoteView(ActionView):
    """Write a note for colleagues."""

    form_class: type[forms.Form] = NoteForm
    audience = Audience.STAFF
    question: Any = _("Note for colleagues")
    button = _("Keep the note")
    done = _("The note is kept.")

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Say who does not see a note."""
        form = super().get_form(form_class)
        if self.audience is Audience.STAFF:
            form.fields["text"].help_text = kinds.of(self.object).staff_words.unseen
        return form

    def possible(self) -> bool:
        """Allow it at any time, also once it is closed."""
        return True

    def perform(self, form: forms.Form) -> None:
        """Write it; a form that was sent twice writes once."""
        note(
            submission=self.object,
            text=form.cleaned_data["text"],
            audience=self.audience,
            by=self.person,
            key=key_of(self.request) or uuid4(),
        )


class WriteView(NoteView):
    """Write to the applicant."""

    form_class = WriteForm
    audience = Audience.APPLICANT
    button = _("Send")
    done = _("The message is on its way.")

    @property
    def question(self) -> str:  # type: ignore[override]  # here it depends on the kind
        """Name whom one writes to."""
        return str(kinds.of(self.object).staff_words.write)

    @property
    def explanation(self) -> str:  # type: ignore[override]  # here it depends on the applicant
        """Say how it reaches the person, and in which language they read."""
        return way_of(self.object)


class AskView(ActionView):
    """Ask the applicant about answers that were sent."""

    form_class: type[forms.Form] = AskForm
    question = _("Ask about answers")
    button = _("Ask")
    done = _("The question is on its way. The answers you chose can be changed until it is answered.")

    @property
    def explanation(self) -> str:  # type: ignore[override]  # here it depends on the applicant
        """Say how it reaches the person, and in which language they read."""
        return way_of(self.object)

    def possible(self) -> bool:
        """Tell whether its state allows a question."""
        return leads_on(self.object, kinds.of(self.object).ask_verb) and bool(self.groups)

    @cached_property
    def groups(self) -> Groups:
        """Return the questions of the version sent last, by step, in one's own language."""
        version = latest(self.object)
        if version is None:
            return []
        known = set(askable(version))
        outline = outline_of(version.form_version, get_language() or "")
        groups = [
            (step.title, [(item.key, item.label) for item in step.items if item.key in known])
            for step in outline.steps
        ]
        return [group for group in groups if group[1]]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the questions."""
        return super().get_form_kwargs() | {"groups": self.groups}

    def perform(self, form: forms.Form) -> None:
        """Ask."""
        clarify(submission=self.object, by=self.person, **form.cleaned_data)


class TakeBackView(ActionView):
    """Take a question to the applicant back."""

    question = _("Take the question back?")
    explanation = _("The answers stay as they were sent. The applicant is told.")
    button = _("Take it back")
    done = _("The question has been taken back.")

    def possible(self) -> bool:
        """Tell whether it waits for an answer."""
        return leads_on(self.object, kinds.of(self.object).take_back_verb)

    def perform(self, form: forms.Form) -> None:  # noqa: ARG002 - there is nothing to fill in
        """Take it back."""
        take_back(submission=self.object, by=self.person)


def way_of(submission: Submission) -> str:
    """Return how a message reaches the applicant, and in which language they read."""
    person, words = recipient_of(submission), kinds.of(submission).staff_words
    text = words.by_mail if person.email else words.by_call
    return str(text) % {"language": language_name(person.language)}
