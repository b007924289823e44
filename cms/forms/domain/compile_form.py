"""Make a version of what has been published, if it is another than the one in use."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.forms.definition.check import check
from cms.forms.definition.compile import compiled, source_row
from cms.forms.definition.problems import DefinitionError
from cms.forms.models import Form, FormVersion


@transaction.atomic
def compile_form(*, form: Form, by: User | None) -> FormVersion | None:
    """Compile the live source of `form` and put the version in use; None while nothing is live.

    The same questions in the same words make no new version.

    Raises:
        DefinitionError: the form cannot go live as it is.

    """
    locked: Any = Form.objects.select_for_update().get(pk=form.pk)
    current: FormVersion | None = locked.current
    source = source_row(locked)
    if source is None or not source.live:
        return current
    body = compiled(source)
    problems = check(body, locked)
    if any(not problem.warning for problem in problems):
        raise DefinitionError(problems)
    digests = (body.structure_sha256, body.texts_sha256)
    if current and digests == (current.structure_sha256, current.texts_sha256):
        return current
    last = FormVersion.objects.filter(form=locked).aggregate(last=Max("number"))["last"] or 0
    version = FormVersion.objects.create(
        form=locked,
        number=last + 1,
        structure=body.structure,
        texts=body.texts,
        missing=body.missing,
        structure_sha256=digests[0],
        texts_sha256=digests[1],
        created_by=by,
    )
    locked.current = version
    locked.save(update_fields=["current"])
    form.current = version
    asks_else = current is None or current.structure_sha256 != version.structure_sha256
    details = {"version": version.number, "new_questions": asks_else}
    record("forms.version_made", target=locked, actor=by, details=details)
    return version
