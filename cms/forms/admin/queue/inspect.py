"""The page of one submission: what was sent, what has happened, and what can be done."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.admin.views.generic import InspectView

from cms.audit.domain.record import record
from cms.core.languages import direction, own_name
from cms.core.zones import moment
from cms.forms import kinds
from cms.forms.admin.queue.columns import is_overdue, sender_of, state_of, zone_of
from cms.forms.admin.queue.panels import boxes
from cms.forms.admin.queue.reading import Choice, choices, history, opened, shown
from cms.forms.answers import AnsweredStep, State, answers_for, staff
from cms.forms.domain.move import leads_on, possible
from cms.forms.enums import OPEN_PHASES, Phase
from cms.forms.models import Submission, SubmissionVersion
from cms.forms.policy import may_read_special, may_work_on
from cms.forms.queries import queue
from cms.messages.policy import visible_to as messages_visible_to


class SubmissionInspect(InspectView):
    """Answers in the middle, work and people beside them, notes and history below."""

    template_name = "forms/admin/inspect.html"
    special = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show it, and note who looked."""
        record("forms.viewed", target=self.object, actor=request.user)
        return super().get(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> Submission:  # noqa: ARG002 - Wagtail's signature
        """Return it with what the page shows."""
        along = (*kinds.related(), "organisation__host", "helper", "helper_unit")
        found: Submission | None = (
            queue.with_row(Submission.objects.filter(pk=self.pk), related=along).first() if self.pk else None
        )
        if found is None:
            raise Http404
        return found

    def get_fields(self) -> list[str]:
        """Return none: the template knows what to show."""
        return []

    def get_page_title(self) -> str:
        """Return what it is."""
        return str(kinds.of(self.object).label)

    def get_page_subtitle(self) -> str:
        """Return the reference."""
        return str(self.object.reference)

    @cached_property
    def versions(self) -> list[SubmissionVersion]:
        """Return everything that was sent."""
        return queue.versions_of(self.object)

    @cached_property
    def version(self) -> SubmissionVersion:
        """Return what the address names, otherwise what was sent last."""
        number = self.request.GET.get("version", "")
        named = [version for version in self.versions if str(version.pk) == number]
        if not self.versions:
            raise Http404
        return (named or self.versions)[-1]

    @cached_property
    def language(self) -> str:
        """Return the language of the questions: the one chosen, one's own, or that of the sender."""
        known = self.version.form_version.texts
        wanted = (self.request.GET.get("language", ""), get_language() or "", self.version.language)
        return next((code for code in wanted if code in known), next(iter(known), self.version.language))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the parts of the page."""
        submission, user = self.object, self.request.user
        kind = kinds.of(submission)
        steps = self.steps
        reopenings = queue.reopenings_of(submission)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "kind": kind.label,
            "words": kind.staff_words,
            "subject": kind.subject(submission),
            "sender": sender_of(submission),
            "direction": direction(submission.language),
            "state": state_of(submission),
            "plain": kind.plain_state(submission),
            "fresh": submission.phase == Phase.NEW,
            "late": is_overdue(submission),
            "zone": zone_of(submission),
            "received": moment(submission.received_at, zone_of(submission)) if submission.received_at else "",
            "steps": shown(steps, self.version),
            "version": self.version,
            "languages": self.languages,
            "versions": self.version_choices,
            "label": {"code": self.language, "dir": direction(self.language)},
            "special_url": self.special_url(steps),
            "special": self.special,
            "opened": opened(reopenings, self.versions, special=self.special, language=self.language),
            "boxes": boxes(submission),
            "notes": queue.notes_of(submission),
            "told": queue.about(submission)
            .filter(pk__in=messages_visible_to(user).values("pk"))
            .order_by("-pk"),
            "history": history(submission, reopenings),
            "works": may_work_on(user, submission),
            "open": submission.phase in OPEN_PHASES,
            "actions": self.actions,
            "can_ask": leads_on(submission, kind.ask_verb),
            "can_take_back": leads_on(submission, kind.take_back_verb),
        }

    @cached_property
    def steps(self) -> list[AnsweredStep]:
        """Return the answers that this page may show."""
        return answers_for(staff(special=self.special), self.version, language=self.language)

    @property
    def languages(self) -> list[Choice]:
        """Return the languages in which the questions can be read."""
        codes = [(code, own_name(code)) for code in self.version.form_version.texts]
        return choices(self.request, "language", codes, chosen=self.language)

    @property
    def version_choices(self) -> list[Choice]:
        """Return what was sent, if it was sent more than once."""
        if len(self.versions) == 1:
            return []
        zone = zone_of(self.object)
        sent = [(str(version.pk), moment(version.received_at, zone)) for version in self.versions]
        return choices(self.request, "version", sent, chosen=str(self.version.pk))

    def special_url(self, steps: list[AnsweredStep]) -> str:
        """Return where hidden answers can be read, if there are any and the person may."""
        hidden = any(answer.state == State.HIDDEN for step in steps for answer in step.answers)
        if not hidden or not may_read_special(self.request.user, self.object):
            return ""
        query = self.request.GET.urlencode()
        return f"{reverse('submissions:special', args=(self.object.pk,))}{'?' if query else ''}{query}"

    @property
    def actions(self) -> list[dict[str, Any]]:
        """Return the possible steps, with their addresses; only the first that leads on stands out."""
        if not may_work_on(self.request.user, self.object):
            return []
        steps = possible(self.object)
        first = next((verb for verb, step in steps.items() if step.forward), "")
        return [
            {
                "label": step.label,
                "url": reverse("submissions:move", args=(self.object.pk, verb)),
                "style": "serious" if step.serious else "" if verb == first else "button-secondary",
            }
            for verb, step in steps.items()
        ]


class SpecialInspect(SubmissionInspect):
    """The same with answers of a special category: asked for on purpose, and noted."""

    special = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show them to those who need them to decide; without any, or for others, there is no such page."""
        keys = sorted(queue.special_keys(self.object))
        if not keys or not may_read_special(request.user, self.object):
            raise Http404
        record("forms.special_read", target=self.object, actor=request.user, details={"questions": keys})
        return super().get(request, *args, **kwargs)
