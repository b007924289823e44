"""Columns of the queue; what belongs together stands in one cell."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from wagtail.admin.ui.tables import Column

from cms.core import clock
from cms.core.formats import dates
from cms.core.languages import own_name
from cms.core.zones import wall_of, zone_name
from cms.forms import kinds
from cms.forms.enums import OPEN_PHASES, Phase
from cms.forms.exports.columns import zone_of
from cms.forms.models import Submission


class Received(NamedTuple):
    """A moment as clocks show it where the deadline was announced."""

    wall: datetime
    zone: str


def received(submission: Submission) -> Received | None:
    """Return when it arrived, in the zone of its subject."""
    if submission.received_at is None:
        return None
    zone = zone_of(submission)
    return Received(wall_of(submission.received_at, zone), zone_name(zone))


def sender_of(submission: Submission) -> str:
    """Return the organisation, or the person where there is none."""
    return str(submission.organisation or submission.person_name or submission.owner or "")


def is_overdue(submission: Submission) -> bool:
    """Tell whether it should have been done by now."""
    due = submission.due_on
    return due is not None and due < clock.today() and submission.phase in OPEN_PHASES


def state_of(submission: Submission) -> Any:
    """Return its state in the words of its kind."""
    kind = kinds.of(submission)
    return kind.states(kind.state_of(submission)).label


class CellColumn(Column):
    """A column whose cell template gets facts beside the value."""

    def facts(self, instance: Submission) -> Mapping[str, Any]:
        """Return what the template needs."""
        raise NotImplementedError

    def get_value(self, instance: Submission) -> Any:  # noqa: ARG002 - Wagtail's signature
        """Return nothing: everything stands in the facts."""
        return ""

    def get_cell_context_data(self, instance: Submission, parent_context: Any) -> Any:
        """Add the facts."""
        return super().get_cell_context_data(instance, parent_context) | dict(self.facts(instance))


class ReferenceColumn(CellColumn):
    """Title and reference, and the way to the page of the submission."""

    cell_template_name = "forms/admin/cells/reference.html"

    def facts(self, instance: Submission) -> Mapping[str, Any]:
        """Return where it leads."""
        return {"url": reverse("submissions:inspect", args=(instance.pk,))}


class SenderColumn(CellColumn):
    """Organisation or person, and the language they write."""

    cell_template_name = "forms/admin/cells/sender.html"

    def facts(self, instance: Submission) -> Mapping[str, Any]:
        """Return who, for whom and in which language."""
        return {
            "sender": sender_of(instance),
            "language": own_name(instance.language),
            "code": instance.language,
        }


class SubjectColumn(CellColumn):
    """What it was handed in for, and what kind of thing it is."""

    cell_template_name = "forms/admin/cells/subject.html"

    def facts(self, instance: Submission) -> Mapping[str, Any]:
        """Return kind and subject."""
        kind = kinds.of(instance)
        return {"kind": kind.label, "subject": kind.subject(instance)}


class StateColumn(CellColumn):
    """The phase as a tag, the state in words, and the calls that wait."""

    cell_template_name = "forms/admin/cells/state.html"

    def facts(self, instance: Submission) -> Mapping[str, Any]:
        """Return state and calls."""
        return {
            "state": state_of(instance),
            "fresh": instance.phase == Phase.NEW,
            "calls": getattr(instance, "open_calls", 0),
        }


class ReceivedColumn(CellColumn):
    """When it arrived, as clocks showed it where the deadline was announced."""

    cell_template_name = "forms/admin/cells/received.html"

    def facts(self, instance: Submission) -> Mapping[str, Any]:
        """Return day and time."""
        moment = received(instance)
        time = dates.clock(moment.wall) if moment else ""
        return {"moment": moment, "day": dates.short(moment.wall.date()) if moment else "", "time": time}


class WorkColumn(CellColumn):
    """Who does it, and by when."""

    cell_template_name = "forms/admin/cells/work.html"

    def facts(self, instance: Submission) -> Mapping[str, Any]:
        """Return the person and whether it is late."""
        return {"person": instance.assignee, "late": is_overdue(instance)}
