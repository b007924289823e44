"""What happens to places: cancelled, accepted, changed, and a minute that goes by.

cancel(registration); tick(); assert states(waiting) == ["offered"]
"""

from cms.core import clock
from cms.events.domain.answer_offer import accept_offer
from cms.events.jobs import tidy_all
from cms.forms.domain.amend import begin_amendment
from cms.forms.domain.send_again import send_again
from cms.forms.domain.withdraw import withdraw
from cms.forms.models import StepData, Submission
from cms.jobs.runner import run_due
from cms.messages.models import Message
from tests.events.factories import make_date, register
from tests.forms.factories import fill


def fresh(registration):
    """Return the submission as the next request reads it."""
    return Submission.objects.get(pk=getattr(registration, "submission_id", registration.pk))


def states(*registrations):
    """Return where they stand now."""
    for registration in registrations:
        registration.refresh_from_db()
    return [registration.state for registration in registrations]


def cancel(registration):
    """Cancel as the person does."""
    return withdraw(submission=fresh(registration), by=None)


def accept(registration, arrived=None):
    """Take an offered seat as the person does."""
    return accept_offer(submission=fresh(registration), by=None, arrived=arrived or clock.now())


def amend(registration, *names, arrived=None):
    """Change who comes, as the person does."""
    arrived = arrived or clock.now()
    submission = fresh(registration)
    opened = begin_amendment(submission=submission, by=None, arrived=arrived)
    typed = StepData.objects.get(submission=submission, step="who").data
    more = {key: typed[key][0] for key in ("email", "phone") if typed.get(key)}
    fill(submission, **{"person": names[0], "people": list(names), **more})
    return send_again(submission=fresh(registration), number=opened.pk, arrived=arrived, by=None)


def tick():
    """Let the job of the minute do its work, and whatever it has put off."""
    tidy_all()
    run_due()


def told(registration, template):
    """Return what this person was told by a template, the oldest first."""
    return Message.objects.filter(about_id=registration.submission_id, template=template).order_by("pk")


def full(capacity=1, **fields):
    """Return a date whose seats are taken, and who has them."""
    date = make_date(capacity=capacity, **fields)
    return date, [register(date) for _each in range(capacity)]


def refusal(error):
    """Return everything that a refused sending said was wrong."""
    return [text for texts in error.value.problems.values() for text in texts]
