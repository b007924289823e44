"""Submissions under lock.

The order for whoever locks more: what many compete for (`Kind.lock_shared`), submissions, the kind's
objects, the series of references.
"""

from cms.forms.enums import Phase
from cms.forms.models import Submission
from cms.forms.queries.reopened import first_of, open_by_cause


def locked(submission: Submission) -> Submission:
    """Return a submission as it is now, locked until the transaction ends, with what verbs ask for."""
    related = ("version__form", "unit", "owner", "helper")
    return Submission.objects.select_for_update(of=("self",)).select_related(*related).get(pk=submission.pk)


def writable(submission: Submission, *, reopening: int | None = None) -> bool:
    """Lock a submission and tell whether its owner may write in it: a draft, or by that reopening."""
    rows = Submission.objects.select_for_update(of=("self",)).filter(pk=submission.pk)
    phase = rows.values_list("phase", flat=True).first()
    if reopening is None:
        return phase == Phase.DRAFT
    first = first_of(open_by_cause(submission))
    return first is not None and first.pk == reopening
