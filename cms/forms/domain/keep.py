"""Put what was filled in without an account into one."""

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.forms.domain.errors import NotAllowedError
from cms.forms.models import Submission
from cms.forms.queries.locked import locked


@transaction.atomic
def keep(*, submission: Submission, by: User) -> Submission:
    """Let it belong to `by`, whose browser has been let in by a link or a code; once is enough.

    If the account has the mailbox of the person, links and codes that others may have seen, such as
    the helper, are worth nothing from now on. Otherwise they stay: somebody else could have taken it.

    Raises:
        NotAllowedError: it belongs to somebody else, or `by` filled it in for another person.

    """
    current = locked(submission)
    if current.owner_id == by.pk:
        return current
    if current.owner_id is not None or current.helper_id == by.pk:
        raise NotAllowedError
    current.owner = by
    if current.email.casefold() == by.email.casefold():
        current.claim_digest = ""
        current.resume_links.all().delete()
    current.save(update_fields=["owner", "claim_digest"])
    record("forms.kept", target=current, actor=by)
    return current
