"""Codes of forms and of what people hand in with them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.core.codes import Codes


class QuestionRole(Codes):
    """What an answer means to the house: lists, letters and rules find answers by role, never by label."""

    NONE = "", _("No role")
    PERSON_NAME = "person_name", _("Name of the person")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Telephone")
    ORGANISATION = "organisation", _("Organisation")
    AMOUNT_REQUESTED = "amount_requested", _("Amount requested")
    TITLE = "title", _("Title of the project")
    SUMMARY = "summary", _("Summary")
    LANGUAGE = "language", _("Language of the person")
    STARTS = "starts", _("Begins on")
    ENDS = "ends", _("Ends on")
    PLACE = "place", pgettext_lazy("role of a question", "Place")
    ATTENDEES = "attendees", _("People who come")


class Pii(Codes):
    """How carefully an answer is kept: special categories are those of article 9 of the GDPR."""

    NONE = "none", _("No personal data")
    PERSONAL = "personal", _("Personal data")
    SPECIAL = "special", _("Special category: health, belief, origin and the like")


class Blind(Codes):
    """Whether somebody who scores without knowing names may read an answer."""

    SHOW = "show", _("Shown")
    HIDE = "hide", _("Hidden")


class Door(Codes):
    """How people come to fill in a form."""

    ACCOUNT = "account", _("Signed in")
    OPEN = "open", _("Everybody; a link by mail brings people back")


class Phase(Codes):
    """How far a submission is, the same for every kind: the queue asks for nothing else."""

    DRAFT = "draft", _("Draft")
    NEW = "new", pgettext_lazy("phase of a submission", "New")
    WORKING = "working", _("Being worked on")
    WAITING = "waiting", _("Waiting for an answer")
    CLOSED = "closed", pgettext_lazy("phase of a submission", "Closed")


SENT_PHASES = frozenset({Phase.NEW, Phase.WORKING, Phase.WAITING, Phase.CLOSED})
"""What staff see; drafts are counted, never read."""

OPEN_PHASES = frozenset({Phase.NEW, Phase.WORKING, Phase.WAITING})
"""What somebody still has to do something about."""


class Audience(Codes):
    """Who reads a note: staff alone, or the person it is about as well."""

    STAFF = "staff", _("Staff")
    APPLICANT = "applicant", _("Staff and the applicant")


class Cause(Codes):
    """Why what was sent is open once more."""

    QUESTION = "question", pgettext_lazy("why answers can be changed", "Question to the applicant")
    AMENDMENT = "amendment", pgettext_lazy("why answers can be changed", "Change by the applicant")
