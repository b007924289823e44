"""Give a code with which somebody without a mailbox comes back."""

from django.db import transaction
from django.db.models import Q

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.forms import claim_codes
from cms.forms.domain.errors import NotNowError
from cms.forms.models import Submission
from cms.forms.queries.locked import locked


@transaction.atomic
def give_claim_code(*, submission: Submission, by: User | None) -> str:
    """Return a new code; one that was given before is worth nothing from now on.

    It can be read here and never again: only a digest is kept.

    Raises:
        NotNowError: a draft has no reference to go with the code.

    """
    current = locked(submission)
    if current.is_draft:
        raise NotNowError
    code = claim_codes.make()
    current.claim_digest = claim_codes.digest(code=code, salt=str(current.token))
    current.save(update_fields=["claim_digest"])
    record("forms.claim_code_given", target=current, actor=by)
    return code


def needs_code(*, submission: Submission) -> bool:
    """Tell whether nothing else leads its person back, as it is in the database now.

    An account does, and a mailbox of their own; what a helper typed may be nobody's mailbox.
    """
    row = Submission.objects.filter(pk=submission.pk, owner=None, claim_digest="").exclude(reference="")
    return row.filter(Q(email="") | Q(helper__isnull=False)).exists()
