"""One's own date, for the calendar program of whoever registered."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.absolute import absolute_url
from cms.core.text.listed import listed
from cms.events import told
from cms.events.calendar.ics import calendar
from cms.events.enums import RegistrationState
from cms.events.kinds import occurrence_of
from cms.events.presenters.calendar_entry import calendar_entry
from cms.forms.models import Submission


def own_calendar_of(submission: Submission) -> bytes:
    """Return the file: the link to a meeting only for a confirmed seat, and no link to the registration.

    Calendars are shared with other people, who must not come in by them.
    """
    occurrence = occurrence_of(submission)
    event = occurrence.event
    language = get_language() or ""
    confirmed = submission.registration.state == RegistrationState.CONFIRMED
    entry = calendar_entry(
        occurrence,
        title=event.title if confirmed else _("%(event)s (waiting list)") % {"event": event.title},
        language=event.title_language or language,
        text=_("Your reference: %(reference)s") % {"reference": submission.reference},
        url=absolute_url("events:register", event.code, occurrence.number, language=language),
        online=occurrence.online_link if confirmed else "",
        place=None,
    )
    return calendar(
        [entry] if entry else [], name=listed((event.title, told.days(occurrence))), language=language
    )
