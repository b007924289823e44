"""Begin a submission; the same page sent twice begins one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from cms.accounts.models import Unit, User
from cms.audit.domain.record import record
from cms.core import clock
from cms.core.text.mend import mended
from cms.forms.domain.errors import NotAllowedError, NotOpenError
from cms.forms.kinds import Kind
from cms.forms.models import FormVersion, Submission
from cms.forms.policy import may_help_for

REPEAT = timedelta(hours=1)
"""How long a key alone leads back to a draft without an account: a double click, not a saved page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a helper fills it in for."""

    name: str = ""
    email: str = ""
    phone: str = ""


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

    `key` came with the page, `language` is the one in which the person is written to. Without an
    `owner` a browser is let in by its session alone. A `helper` fills it in for a `person` who has
    agreed to it. It must be open at the moment at which the request `arrived`, by default now.

    Raises:
        NotAllowedError: the key is somebody else's, or the helper does not help for this unit.
        NotOpenError: nothing is taken at this moment.

    """
    if there := _there(key=key, owner=owner, helper=helper):
        return there
    new = Submission(key=key, kind=kind.code, unit=unit, version=version, language=language, owner=owner)
    if helper is not None:
        _let_help(new, helper, helper_unit, kind)
    if person is not None:
        new.person_name, new.email, new.phone = mended(person.name)[:200], person.email, person.phone
    try:
        with transaction.atomic():
            new.save(force_insert=True)
            make_detail(new)
            acceptance = kind.acceptance(new, arrived or clock.now())
            if not acceptance.open:
                raise NotOpenError(acceptance)
            record("forms.start", target=new, actor=helper or owner)
    except IntegrityError:
        if there := _there(key=key, owner=owner, helper=helper):
            return there
        raise
    return new


def _there(*, key: UUID, owner: User | None, helper: User | None) -> Submission | None:
    """Return what this key has begun before."""
    found = Submission.objects.filter(key=key).first()
    if found is None:
        return None
    mine = (owner.pk if owner else None, helper.pk if helper else None)
    nobodys = mine == (None, None) and found.created_at < clock.now() - REPEAT
    if (found.owner_id, found.helper_id) != mine or nobodys:
        raise NotAllowedError
    return found


def _let_help(new: Submission, helper: User, unit: Unit | None, kind: Kind) -> None:
    """Note who helps, for whom they work, and that the person has agreed."""
    if unit is None or not may_help_for(helper, unit, kind):
        raise NotAllowedError
    new.helper, new.helper_unit, new.consent_at = helper, unit, clock.now()
