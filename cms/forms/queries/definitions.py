"""What is known of a form while somebody edits it."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from cms.forms.enums import Phase
from cms.forms.models import Form, Submission


def drafts_of(form: Form) -> QuerySet[Submission]:
    """Return what people are filling in now."""
    return Submission.objects.filter(version__form=form, phase=Phase.DRAFT)


def drafts_behind(form: Form) -> int:
    """Return how many drafts ask something else than the version in use: they keep their questions."""
    if form.current is None:
        return 0
    return drafts_of(form).exclude(version__structure_sha256=form.current.structure_sha256).count()


def with_drafts(forms: QuerySet[Any]) -> QuerySet[Any]:
    """Count the drafts of each form, and fetch what lists show along."""
    drafts = Count("versions__submissions", filter=Q(versions__submissions__phase=Phase.DRAFT))
    return forms.select_related("unit", "current").annotate(drafts=drafts)
