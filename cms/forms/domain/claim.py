"""Come back with a reference and a code."""

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.forms import claim_codes, references
from cms.forms.models import Submission

NOBODY = "0" * 64
"""Compared with where there is nothing, so that an unknown reference takes as long as a wrong code."""


@transaction.atomic
def claim(*, reference: str, code: str, by: User | None) -> Submission | None:
    """Return the submission with this reference and code; None does not tell which of them is wrong.

    Callers count the tries, of an address and of a reference.
    """
    tidy = references.tidy(reference)
    found = Submission.objects.filter(reference=tidy).first() if references.is_valid(tidy) else None
    salt, kept = (str(found.token), found.claim_digest or NOBODY) if found else ("", NOBODY)
    if not claim_codes.fits(code=code, salt=salt, kept=kept) or found is None:
        if found is not None:
            record("forms.claim_refused", target=found, actor=by)
        return None
    record("forms.claimed", target=found, actor=by)
    return found
