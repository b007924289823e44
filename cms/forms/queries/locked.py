"""Submissions under lock.

The order for whoever locks more: what many compete for (`Kind.lock_shared`), submissions, the kind's
objects, the series of references.
"""

from cms.forms.enums import Phase
from cms.forms.models import Submission


def locked(submission: Submission) -> Submission:
    """Return a submission as it is now, locked until the transaction ends, with what verbs ask for."""
    related = ("version__form", "unit", "owner", "helper")
    return Submission.objects.select_for_update(of=("self",)).select_related(*related).get(pk=submission.pk)


def writable(submission: Submission, *, asked_again: bool = False) -> bool:
    """Lock a submission and tell whether its owner may write in it: a draft, or what was asked again."""
    rows = Submission.objects.select_for_update(of=("self",)).filter(pk=submission.pk)
    phase = rows.values_list("phase", flat=True).first()
    return phase == Phase.DRAFT or (asked_again and phase == Phase.WAITING)
