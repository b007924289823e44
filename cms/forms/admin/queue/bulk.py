"""Many at once: give them to somebody, or take them all the same step further."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.accounts.models import User
from cms.accounts.policy import Person
from cms.core.admin.bulk import VisibleBulkAction
from cms.forms import kinds
from cms.forms.admin.queue.columns import state_of
from cms.forms.admin.queue.index import narrowed
from cms.forms.domain.assign import assign, set_due
from cms.forms.domain.errors import BusyError, FormsError
from cms.forms.domain.lock_together import lock_together
from cms.forms.domain.move import move, possible, steps_of_staff
from cms.forms.enums import OPEN_PHASES
from cms.forms.models import Submission
from cms.forms.policy import assignable, may_work_on, visible_to
from cms.forms.presenters.staff import BulkAssignForm, ReasonForm
from cms.forms.transitions import Transition


class Skipped(NamedTuple):
    """One that stays as it is, and why."""

    item: Submission
    reason: str


class Outcome(NamedTuple):
    """What came of it."""

    done: int
    skipped: int


class QueueAction(VisibleBulkAction):
    """Base: a page that counts and names what happens, then one verb for each, each under its lock."""

    models = [Submission]
    template_name = "forms/admin/bulk.html"
    question: Any = ""

    def visible_to(self, user: Person) -> QuerySet[Submission]:
        """Return what the person reads, with what the page names."""
        return visible_to(user).select_related("unit", *kinds.related()).order_by("-received_at", "-pk")

    def get_all_objects_in_listing_query(self, parent_id: object) -> list[Any]:  # noqa: ARG002 - Wagtail's signature
        """Return the keys behind "select all": those the list was narrowed to."""
        return list(narrowed(self.request).values_list("pk", flat=True))

    def reason(self, submission: Submission) -> str:
        """Return why this one stays as it is, or nothing."""
        if not may_work_on(self.request.user, submission):
            return _("You read it, but do not work on it.")
        return ""

    def check_perm(self, obj: Model) -> bool:
        """Tell whether it can be done to this one now."""
        return isinstance(obj, Submission) and not self.reason(obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the reasons and the question."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        skipped = [Skipped(item, self.reason(item)) for item in context["items_with_no_access"]]
        return context | {"skipped": skipped, "question": self.question, "button": self.display_name}

    def get_execution_context(self) -> dict[str, Any]:
        """Hand on the action, which knows who asks and what was filled in."""
        return {"action": self}

    @property
    def filled(self) -> dict[str, Any]:
        """Return what was filled in."""
        return self.cleaned_form.cleaned_data if self.cleaned_form else {}

    def perform(self, submission: Submission, by: User) -> None:
        """Do it to one.

        Raises:
            FormsError: somebody was quicker, or it is not the person's any more.

        """
        raise NotImplementedError

    @classmethod
    def execute_action(cls, objects: Iterable[Submission], action: "QueueAction", **_kwargs: Any) -> Outcome:
        """Do it to each; what has moved on in the meantime stays as it is and is counted."""
        chosen = list(objects)
        try:
            lock_together(submissions=chosen)
        except BusyError:
            return Outcome(0, len(chosen))
        done = skipped = 0
        for submission in chosen:
            try:
                action.perform(submission, action.request.user)
            except FormsError:
                skipped += 1
            else:
                done += 1
        return Outcome(done, skipped)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say how many, and how many stayed."""
        done = ngettext("%(count)s submission done.", "%(count)s submissions done.", num_parent_objects) % {
            "count": num_parent_objects
        }
        if not num_child_objects:
            return done
        left = ngettext(
            "%(count)s has changed in the meantime and stayed as it is.",
            "%(count)s have changed in the meantime and stayed as they are.",
            num_child_objects,
        ) % {"count": num_child_objects}
        return f"{done} {left}"


class AssignMany(QueueAction):
    """Give them to somebody, or to nobody."""

    display_name = gettext_lazy("Assign")
    aria_label = gettext_lazy("Assign the selected submissions")
    action_type = "assign"
    action_priority = 10
    form_class = BulkAssignForm
    question = gettext_lazy("Who does them, and by when?")

    @cached_property
    def chosen(self) -> list[Any]:
        """Return what can be assigned."""
        return list(self.get_actionable_objects()[0])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people who may do some of them."""
        return super().get_form_kwargs() | {"people": assignable(self.chosen)}

    def reason(self, submission: Submission) -> str:
        """Leave closed ones alone."""
        if submission.phase not in OPEN_PHASES:
            return _("It is closed.")
        return super().reason(submission)

    def perform(self, submission: Submission, by: User) -> None:
        """Assign one, and set its day if one was given."""
        filled = self.filled
        assign(submission=submission, to=filled["person"], by=by)
        if filled["due_on"]:
            set_due(submission=submission, due_on=filled["due_on"], by=by)


class MoveMany(QueueAction):
    """Take them one step further; a class of its own for each step, made from the tables."""

    kind: kinds.Kind
    verb: str

    @property
    def question(self) -> str:
        """Say what the people notice."""
        return str(self.kind.staff_words.all_see)

    def reason(self, submission: Submission) -> str:
        """Say where the table does not lead on."""
        if submission.kind != self.kind.code:
            return _("It is of another kind.")
        if self.verb not in possible(submission):
            return _("From “%(state)s” this is no next step.") % {"state": state_of(submission)}
        return super().reason(submission)

    def perform(self, submission: Submission, by: User) -> None:
        """Take one further."""
        move(submission=submission, verb=self.verb, by=by, reason=self.filled.get("reason", ""))


def bulk_actions() -> list[type[QueueAction]]:
    """Return an action for assigning, and one for each step that can be done to many."""
    steps = [
        (kind, verb, step)
        for kind in kinds.every()
        for verb, step in steps_of_staff(kind).items()
        if step.bulk
    ]
    return [AssignMany, *(_moving(*step, place) for place, step in enumerate(steps))]


def _moving(kind: kinds.Kind, verb: str, step: Transition, place: int) -> type[MoveMany]:
    return type(
        f"Move{kind.code}{verb}",
        (MoveMany,),
        {
            "kind": kind,
            "verb": verb,
            "action_type": f"{kind.code}-{verb}",
            "action_priority": 20 + place,
            "display_name": step.label,
            "aria_label": step.label,
            "form_class": ReasonForm if step.reason else forms.Form,
        },
    )
