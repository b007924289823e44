"""Codes of grants."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.core.codes import Codes

ANNOUNCE = "grants.announce"
"""The verb by which one writes the page of a call; forms of models ask for it before the policy is there."""


class CallState(Codes):
    """What the office has decided about a call; whether it takes applications also depends on the hour."""

    DRAFT = "draft", pgettext_lazy("state of a call", "In preparation")
    LIVE = "live", pgettext_lazy("state of a call", "Announced")
    CLOSED = "closed", pgettext_lazy("state of a call", "Closed by the office")


class Standing(Codes):
    """What a call means to an applicant at one moment."""

    PREPARED = "prepared", _("Not announced yet")
    AHEAD = "ahead", _("Opens later")
    OPEN = "open", pgettext_lazy("call", "Open")
    OVER = "over", pgettext_lazy("call", "Deadline has passed")
    CLOSED = "closed", pgettext_lazy("call", "Closed")


class ApplicationState(Codes):
    """Where an application stands; the table in `transitions` says what leads where."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", pgettext_lazy("state of an application", "Sent")
    SCREENING = "screening", _("Being checked")
    CLARIFICATION = "clarification", _("Question to the applicant")
    IN_REVIEW = "in_review", _("Being assessed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ApplicationVerb(StrEnum):
    """What can happen to an application."""

    SUBMIT = "submit"
    SCREEN = "screen"
    ASK = "ask"
    ANSWER = "answer"
    TAKE_BACK = "take_back"
    PASS_ON = "pass_on"  # noqa: S105 - a verb
    RETURN = "return"
    WITHDRAW = "withdraw"


class Fit(Codes):
    """What a rule of a call says to whoever meets it."""

    YES = "yes", _("May apply")
    ASK = "ask", _("Should ask first")
    NO = "no", _("May not apply")
