"""Publish a definition, after looking whether it can go live."""

from django.db import transaction

from cms.accounts.models import User
from cms.forms.definition.check import check
from cms.forms.definition.compile import alone, source_row
from cms.forms.definition.problems import DefinitionError
from cms.forms.definition.tidy import tidy_steps
from cms.forms.models import Form, FormDefinition, FormVersion


@transaction.atomic
def publish_form(*, definition: FormDefinition, by: User | None) -> FormVersion | None:
    """Publish a definition as it stands in memory and return the version that is in use then.

    Publishing compiles: see `cms.forms.signals`.

    Raises:
        django.core.exceptions.ValidationError: a block holds what its fields do not take.
        DefinitionError: the form cannot go live as it is.

    """
    definition.steps = tidy_steps(definition.steps)
    source = source_row(definition.form)
    if source is not None and source.pk == definition.pk:
        problems = check(alone(definition), definition.form)
        if any(not problem.warning for problem in problems):
            raise DefinitionError(problems)
    revision = definition.save_revision(user=by)
    revision.publish(user=by, skip_permission_checks=True)
    definition.refresh_from_db()
    return Form.objects.select_related("current").get(pk=definition.form_id).current
