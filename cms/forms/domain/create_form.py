"""Make a form, with an empty text to begin with."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from cms.accounts.models import Unit, User
from cms.audit.domain.record import record
from cms.forms.enums import Door
from cms.forms.models import Form, FormDefinition


@transaction.atomic
def create_form(
    *,
    code: str,
    name: str,
    unit: Unit,
    kind: str,
    by: User | None,
    door: str = Door.ACCOUNT,
    helpers: bool = True,
    language: str = settings.LANGUAGE_CODE,
) -> Form:
    """Make a form of a unit and the draft of its text in the language that others are translated from."""
    form = Form.objects.create(code=code, name=name, unit=unit, kind=kind, door=door, helpers=helpers)
    add_definition(form=form, language=language, by=by)
    record("forms.form_made", target=form, actor=by, details={"code": form.code, "kind": kind})
    return form


def add_definition(*, form: Form, language: str, by: User | None) -> FormDefinition:
    """Begin the text of a form in a language, as a draft without steps."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    definition = FormDefinition(form=form, title=form.name, locale=locale, live=False)
    definition.save()
    definition.save_revision(user=by, clean=False)  # What is empty is still to be written.
    return definition
