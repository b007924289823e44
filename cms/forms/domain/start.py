"""Begin a submission; the same page sent twice begins one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from cms.accounts.models import Unit, User
from cms.accounts.policy import units_where
from cms.audit.domain.record import record
from cms.core import clock
from cms.core.text.mend import mended
from cms.forms.domain.errors import NotAllowedError, NotOpenError
from cms.forms.kinds import Kind
from cms.forms.models import FormVersion, Submission
from cms.forms.policy import HELP


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a helper fills it in for."""

    name: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def start(  # noqa: PLR0913 - all of it is known only at the door
    *,
    kind: Kind,
    version: FormVersion,
    unit: Unit,
    language: str,
    key: UUID,
    make_detail: Callable[[Submission], object],
    owner: User | None = None,
    helper: User | None = None,
    helper_unit: Unit | None = None,
    person: Person | None = None,
    arrived: datetime | None = None,
) -> Submission:
    """Begin a draft and the kind's own object beside it; return the one there for a repeated key.

    Args:
        kind: what is begun.
        version: the form's version in use.
        unit: whose staff will read it.
        language: in which the person is written to.
        key: what came with the page; sent twice it begins one draft.
        make_detail: makes the kind's own object for the new submission.
        owner: who signed in; None for a browser that is let in by its session alone.
        helper: who fills it in for somebody who agreed to it.
        helper_unit: for which the helper does so.
        person: whom the helper helps.
        arrived: when the request came; by default now.

    Raises:
        NotAllowedError: the key is somebody else's, or the helper does not help for this unit.
        NotOpenError: nothing is taken at this moment.

    """
    if there := _there(key=key, owner=owner, helper=helper):
        return there
    if helper is not None:
        _must_help(helper, helper_unit)
    person = person or Person()
    new = Submission(
        key=key,
        kind=kind.code,
        unit=unit,
        version=version,
        language=language,
        owner=owner,
        helper=helper,
        helper_unit=helper_unit,
        consent_at=clock.now() if helper else None,
        person_name=mended(person.name)[:200],
        email=person.email,
        phone=person.phone,
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        if there := _there(key=key, owner=owner, helper=helper):
            return there
        raise
    make_detail(new)
    acceptance = kind.acceptance(new, arrived or clock.now())
    if not acceptance.open:
        raise NotOpenError(acceptance)
    record("forms.start", target=new, actor=helper or owner)
    return new


def _there(*, key: UUID, owner: User | None, helper: User | None) -> Submission | None:
    """Return what this key has begun before."""
    found = Submission.objects.filter(key=key).first()
    if found is None:
        return None
    mine = (owner.pk if owner else None, helper.pk if helper else None)
    if (found.owner_id, found.helper_id) != mine:
        raise NotAllowedError
    return found


def _must_help(helper: User, unit: Unit | None) -> None:
    if unit is None or not units_where(helper, HELP).filter(pk=unit.pk).exists():
        raise NotAllowedError
