"""Enter an organisation, and own it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cms.accounts.domain.errors import RegisteredAlreadyError
from cms.accounts.enums import OrganisationKind, OrganisationRole
from cms.accounts.models import Member, Organisation, User
from cms.accounts.policy import may_act_for
from cms.audit.domain.record import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What people tell about an organisation; what does not belong to its kind is left out."""

    kind: str
    name: str
    country: str
    other_names: dict[str, str] = field(default_factory=dict)
    registry: str = ""
    registry_number: str = ""
    region: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    responsible: str = ""
    host: Organisation | None = None

    def fields(self) -> dict[str, Any]:
        """Return the values of the columns."""
        of_group = self.kind == OrganisationKind.GROUP
        foreign = ("registry", "registry_number") if of_group else ("responsible", "host")
        values = {name: getattr(self, name) for name in self.__slots__}
        return values | {name: None if name == "host" else "" for name in foreign}


def make_organisation(*, particulars: Particulars, key: UUID, by: User) -> Organisation:
    """Enter an organisation with `by` as its owner; the same key makes it once.

    Raises:
        RegisteredAlreadyError: its number in the registry is taken.
        PermissionDenied: the host is none of theirs, or the key belongs to somebody else.

    """
    made = _made(key, by)
    if made is not None:
        return made
    check_host(host=particulars.host, by=by)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(key=key, **particulars.fields())
            Member.objects.create(organisation=organisation, user=by, role=OrganisationRole.OWNER)
            record("accounts.make_organisation", target=organisation, actor=by)
    except IntegrityError as error:
        made = _made(key, by)  # The same form, sent twice at once.
        if made is not None:
            return made
        raise RegisteredAlreadyError from error
    return organisation


def check_host(*, host: Organisation | None, by: User) -> None:
    """See that whoever names a host acts for it, too.

    Raises:
        PermissionDenied: they do not.

    """
    if host is not None and not may_act_for(by, host):
        raise PermissionDenied


def _made(key: UUID, by: User) -> Organisation | None:
    organisation = Organisation.objects.filter(key=key).first()
    if organisation is not None and not may_act_for(by, organisation):
        raise PermissionDenied
    return organisation
