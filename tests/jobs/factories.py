"""Jobs, and kinds of jobs that exist for one test."""

import uuid
from datetime import timedelta

import factory

from cms.core import clock
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job


class JobFactory(factory.django.DjangoModelFactory):
    """A job that is due now; give it a kind that somebody handles."""

    class Meta:
        model = Job

    class Params:
        running = factory.Trait(
            state=JobState.RUNNING,
            attempts=1,
            lease=factory.LazyFunction(uuid.uuid4),
            lease_until=factory.LazyFunction(lambda: clock.now() + timedelta(minutes=1)),
        )
        dead = factory.Trait(
            state=JobState.DEAD,
            attempts=8,
            error="smtplib.SMTPServerDisconnected at cms/messages/channels/mail.py:40",
            finished_at=factory.LazyFunction(clock.now),
        )
        done = factory.Trait(state=JobState.DONE, attempts=1, finished_at=factory.LazyFunction(clock.now))

    kind = "test.note"
    lane = Lane.NOW
