"""Begin a registration: for oneself, or for somebody who is helped."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from cms.accounts.models import Unit, User
from cms.events import seats
from cms.events.domain.keep_seats import keep_in_lock
from cms.events.enums import Source
from cms.events.kinds import RegistrationKind
from cms.events.models import Occurrence, Registration
from cms.events.policy import may_work_at
from cms.forms import kinds
from cms.forms.domain.errors import BusyError, NotAllowedError, NotNowError
from cms.forms.domain.start import Person, start
from cms.forms.models import Submission


def begin_registration(
    *,
    occurrence: Occurrence,
    owner: User | None,
    language: str,
    key: UUID,
    arrived: datetime,
    people: int = 0,
) -> Submission:
    """Begin a draft for a date, and keep seats for it if there are enough; the same key is the same draft.

    Seats are given when it is sent: while others hold the date for too long it begins without any.

    Args:
        occurrence: the date, with its event and the form in use.
        owner: who signed in; None for a browser that its session lets in.
        language: in which the person is written to.
        key: what came with the page.
        arrived: when the request came.
        people: for how many seats are kept.

    Raises:
        NotAllowedError: the key is somebody else's.
        NotNowError: nobody has to register, the form has never been published, or the date is gone.
        NotOpenError: the date takes nothing at this moment.

    """
    details: dict[str, Any] = {"owner": owner, "language": language, "key": key, "arrived": arrived}
    with suppress(BusyError):
        return _begin(occurrence, Source.WEB, people=people, keep=True, **details)
    return _begin(occurrence, Source.WEB, people=people, **details)


def not_begun(*, occurrence: Occurrence, owner: User | None, language: str) -> Submission:
    """Return what a registration would be, in no database: the page before it is begun asks this one.

    Raises:
        NotNowError: nobody has to register, or the form has never been published.

    """
    form = occurrence.event.form
    if form is None or form.current is None:
        raise NotNowError
    submission = Submission(
        kind=RegistrationKind.code,
        unit=occurrence.event.unit,
        version=form.current,
        language=language,
        owner=owner,
    )
    submission.registration = Registration(submission=submission, occurrence=occurrence)
    return submission


def help_to_register(
    *,
    occurrence: Occurrence,
    helper: User,
    unit: Unit,
    person: Person,
    language: str,
    key: UUID,
    arrived: datetime,
    desk: bool = False,
) -> Submission:
    """Begin a draft for somebody who has agreed to it; it belongs to nobody until they claim it.

    At the `desk` staff of the event register people also before it opens and after it has closed.

    Raises:
        NotAllowedError: the key is somebody else's, they do not help for this unit or work at this
            desk, or the form is not for helpers.
        NotNowError: nobody has to register, the form has never been published, or the date is gone.
        NotOpenError: the date takes nothing at this moment.

    """
    form = occurrence.event.form
    if desk and not may_work_at(helper, occurrence.event):
        raise NotAllowedError
    if not desk and (form is None or not form.helpers):
        raise NotAllowedError
    return _begin(
        occurrence,
        Source.DESK if desk else Source.HELPER,
        helper=helper,
        helper_unit=unit,
        person=person,
        language=language,
        key=key,
        arrived=arrived,
    )


def _begin(
    occurrence: Occurrence, source: Source, *, people: int = 0, keep: bool = False, **details: Any
) -> Submission:
    form = occurrence.event.form
    if form is None or form.current is None:
        raise NotNowError

    def make(submission: Submission) -> Registration:
        current = seats.lock_one(occurrence.pk) if people and keep else occurrence
        registration = Registration.objects.create(submission=submission, occurrence=current, source=source)
        registration.sought = people or None
        if people and keep:
            keep_in_lock(occurrence=current, submission=submission, people=people)
        return registration

    try:
        return start(
            kind=kinds.get(RegistrationKind.code),
            version=form.current,
            unit=occurrence.event.unit,
            make_detail=make,
            **details,
        )
    except IntegrityError:
        if Occurrence.objects.filter(pk=occurrence.pk).exists():
            raise
        raise NotNowError from None  # Its rule has taken the date away meanwhile.
