"""Change what is known of an organisation."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cms.accounts.domain.errors import RegisteredAlreadyError
from cms.accounts.domain.make_organisation import Particulars, check_host
from cms.accounts.models import Organisation, User
from cms.accounts.policy import may_change_organisation
from cms.audit.domain.record import record


def change_organisation(*, organisation: Organisation, particulars: Particulars, by: User) -> Organisation:
    """Write what is new and note which fields changed; nothing new writes nothing.

    Raises:
        PermissionDenied: `by` does not write for it, or names a host that is none of theirs.
        RegisteredAlreadyError: its number in the registry is taken.

    """
    if not may_change_organisation(by, organisation):
        raise PermissionDenied
    try:
        with transaction.atomic():
            locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
            values = particulars.fields()
            changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
            if "host" in changed:
                check_host(host=values["host"], by=by)
            for name in changed:
                setattr(locked, name, values[name])
            if changed:
                locked.save(update_fields=changed)
                record("accounts.change_organisation", target=locked, actor=by, details={"fields": changed})
    except IntegrityError as error:
        raise RegisteredAlreadyError from error
    return locked
