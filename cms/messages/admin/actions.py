"""One question, one button: the pages on which staff act upon a message."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from cms.accounts.models import User
from cms.accounts.policy import can
from cms.core.languages import direction
from cms.messages.domain.bounce import bounce
from cms.messages.domain.move import NotNowError
from cms.messages.domain.reach import give_up, miss, reach
from cms.messages.domain.resend import resend
from cms.messages.models import Message
from cms.messages.policy import CALL, RESEND


class NoteForm(forms.Form):
    """A word for the colleagues."""

    note = forms.CharField(
        label=_("Note"),
        help_text=_("For your colleagues. The person does not see it."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ActionView(BaseObjectMixin, WagtailAdminTemplateMixin, FormView[forms.Form]):
    """Ask, then do it; the guard has made sure that the person sees the message."""

    template_name = "messages/admin/confirm.html"
    form_class = forms.Form
    index_url_name = ""
    inspect_url_name = ""
    verb = ""
    possible: Callable[[Message], bool]
    question: str | Promise = ""
    explanation: str | Promise = ""
    button: str | Promise = ""
    done: str | Promise = ""

    def perform(self, note: str) -> None:
        """Call the verb.

        Raises:
            NotNowError: the message has moved on.

        """
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what the person may not do, and say so where it is no longer possible."""
        if not can(request.user, self.verb, self.object):
            raise Http404
        if request.method == "GET" and not type(self).possible(self.object):
            return self.too_late()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it, then lead back to the list."""
        try:
            self.perform(form.cleaned_data.get("note", ""))
        except NotNowError:
            return self.too_late()
        messages.success(self.request, self.done)
        return redirect(self.index_url_name)

    def too_late(self) -> HttpResponse:
        """Lead to the message as it is now."""
        messages.warning(self.request, gettext("This is no longer possible: the message has moved on."))
        return redirect(self.inspect_url_name, self.object.pk)

    @property
    def person(self) -> User:
        """Whoever asks; nobody gets here without signing in."""
        if not isinstance(self.request.user, User):
            raise Http404
        return self.request.user

    def get_page_title(self) -> str:
        """Return the question."""
        return str(self.question)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the message."""
        context: dict[str, Any] = super().get_context_data(object=self.object, **kwargs)
        return context

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the message and the list."""
        items: list[dict[str, Any]] = [
            *super().get_breadcrumbs_items(),
            {"url": reverse(self.index_url_name), "label": Message._meta.verbose_name_plural},
            {"url": self.back_url, "label": self.object.title},
            {"url": "", "label": self.get_page_title()},
        ]
        return items

    @property
    def back_url(self) -> str:
        """The page of the message."""
        return reverse(self.inspect_url_name, args=(self.object.pk,))


class ResendView(ActionView):
    """Send a mail once more."""

    verb = RESEND
    possible = staticmethod(lambda message: message.resendable)
    question = _("Send this mail again?")
    explanation = _("The person gets the same text once more, in a new mail.")
    button = _("Send again")
    done = _("The mail will be sent again.")

    def perform(self, note: str) -> None:  # noqa: ARG002 - the form has no note
        """Send it."""
        resend(message=self.object, by=self.person)


class BounceView(ActionView):
    """Note that a mail came back."""

    verb = RESEND
    possible = staticmethod(lambda message: message.can_bounce)
    question = _("Did this mail come back?")
    explanation = _("It will be marked as not delivered. If we know the person, a call task is made.")
    button = _("Mark as not delivered")
    done = _("Marked as not delivered.")

    def perform(self, note: str) -> None:  # noqa: ARG002 - the form has no note
        """Mark it."""
        bounce(message=self.object, by=self.person)


class CallView(ActionView):
    """Base of what can come of a call."""

    template_name = "messages/admin/call.html"
    form_class = NoteForm
    verb = CALL
    possible = staticmethod(lambda message: message.to_be_rung)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the direction of the text that is read out."""
        return super().get_context_data(direction=direction(self.object.language), **kwargs)


class ReachedView(CallView):
    """The person was told."""

    question = _("Did you reach the person?")
    explanation = _("If a deadline begins with this message, it begins now.")
    button = _("Yes, I told them")
    done = _("Noted: the person was reached.")

    def perform(self, note: str) -> None:
        """Note it."""
        reach(message=self.object, by=self.person, note=note)


class MissedView(CallView):
    """Nobody answered."""

    question = _("Nobody answered?")
    explanation = _("The task stays on the list.")
    button = _("Note the attempt")
    done = _("Noted. The task stays on the list.")

    def perform(self, note: str) -> None:
        """Note it."""
        miss(message=self.object, by=self.person, note=note)


class GivenUpView(CallView):
    """Nobody will try again."""

    question = _("Give up calling?")
    explanation = _("The task is closed, and the person was not told. Please say why.")
    button = _("Give up")
    done = _("The task is closed.")

    def perform(self, note: str) -> None:
        """Close it."""
        give_up(message=self.object, by=self.person, note=note)
