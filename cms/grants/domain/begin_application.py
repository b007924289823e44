"""Begin an application: for oneself, or as a helper for somebody else."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cms.accounts.models import Unit, User
from cms.forms import kinds
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.start import Person, start
from cms.forms.models import Submission
from cms.grants.kinds import ApplicationKind
from cms.grants.models import Application, Call


def begin_application(
    *, call: Call, owner: User | None, language: str, key: UUID, arrived: datetime
) -> Submission:
    """Begin a draft for a call; the same key is the same draft.

    Args:
        call: what is applied for, with its form and the version in use.
        owner: who signed in; None for a browser that its session lets in.
        language: in which the person is written to.
        key: what came with the page.
        arrived: when the request came.

    Raises:
        NotAllowedError: the key is somebody else's.
        NotNowError: the form has never been published.
        NotOpenError: the call takes nothing at this moment.

    """
    return _begin(call=call, owner=owner, language=language, key=key, arrived=arrived)


def help_to_apply(
    *,
    call: Call,
    helper: User,
    unit: Unit,
    person: Person,
    language: str,
    key: UUID,
    arrived: datetime,
) -> Submission:
    """Begin a draft for somebody who has agreed to it; it belongs to nobody until they claim it.

    Raises:
        NotAllowedError: the key is somebody else's, they do not help for this unit, or the form is
            not for helpers.
        NotNowError: the form has never been published.
        NotOpenError: the call takes nothing at this moment.

    """
    if not call.form.helpers:
        raise NotAllowedError
    return _begin(
        call=call,
        language=language,
        key=key,
        arrived=arrived,
        helper=helper,
        helper_unit=unit,
        person=person,
    )


@transaction.atomic
def _begin(*, call: Call, **details: Any) -> Submission:
    if call.form.current is None:
        raise NotNowError
    return start(
        kind=kinds.get(ApplicationKind.code),
        version=call.form.current,
        unit=call.unit,
        make_detail=lambda submission: Application.objects.create(submission=submission, call=call),
        **details,
    )
