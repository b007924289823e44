"""What a change of a form means to those who are filling it in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.text.listed import listed
from cms.forms.definition.check import gaps
from cms.forms.definition.compare import Difference, compare
from cms.forms.models import Form, FormVersion
from cms.forms.queries.definitions import drafts_behind, drafts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """The version that people fill in now."""

    version: FormVersion
    drafts: int
    gaps: list[str]


def in_use(form: Form) -> InUse | None:
    """Return what is in use, or None before the first time."""
    if form.current is None:
        return None
    return InUse(
        version=form.current,
        drafts=drafts_of(form).count(),
        gaps=[problem.text for problem in gaps(form.current)],
    )


def published(form_id: int) -> list[str]:
    """Say, after publishing, which version is in use and what becomes of drafts."""
    form = Form.objects.select_related("current").get(pk=form_id)
    version = form.current
    if version is None:
        return []
    before = form.versions.exclude(pk=version.pk).first()
    told = [_("Version %(number)d is in use.") % {"number": version.number}]
    difference = compare(before.structure, version.structure) if before else Difference()
    if difference:
        told.append(_changes(difference))
    behind = drafts_behind(form)
    if behind:
        told.append(
            ngettext(
                "%(count)d draft that was begun before keeps its questions.",
                "%(count)d drafts that were begun before keep their questions.",
                behind,
            )
            % {"count": behind}
        )
    return [" ".join(told)]


def _changes(difference: Difference) -> str:
    parts = [
        _("New: %(keys)s.") % {"keys": listed(difference.added)} if difference.added else "",
        _("Gone: %(keys)s.") % {"keys": listed(difference.removed)} if difference.removed else "",
        _("Asked otherwise: %(keys)s.") % {"keys": listed(difference.changed)} if difference.changed else "",
        _("In another order.") if difference.moved else "",
    ]
    return " ".join(part for part in parts if part)
