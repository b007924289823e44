"""Forms with which staff make forms and write their texts."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.accounts.policy import units_where
from cms.audit.domain.record import record
from cms.core.languages import language_name
from cms.core.text.case import capfirst
from cms.forms import kinds
from cms.forms.definition.check import check, needs_account
from cms.forms.definition.compile import alone, source_row
from cms.forms.definition.problems import Problem
from cms.forms.domain.create_form import create_form
from cms.forms.enums import Door
from cms.forms.models import Form, FormDefinition
from cms.forms.policy import DEFINE
from cms.forms.presenters.errors import errors_of_steps


def site_languages() -> list[tuple[str, str]]:
    """Return the site's languages, by their names in the reader's."""
    return [(code, capfirst(language_name(code))) for code, _name in settings.LANGUAGES]


class FormForm(WagtailAdminModelForm):
    """Whose form it is and who fills it in; code and kind are settled once people have used it."""

    instance: Form
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("In which the questions are written; all others are translated from it."),
    )

    class Meta:
        model = Form
        fields = ("name", "code", "unit", "kind", "door", "helpers")
        help_texts = {
            "name": _("For lists of staff; what people read stands in the text of the form."),
            "code": _("A short name in Latin letters; it cannot be changed once the form is in use."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_where(self.for_user, DEFINE)
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label,
            choices=kinds.choices,
            help_text=_("What people hand in with it."),
        )
        if self.instance.pk:
            del self.fields["language"]
            for name in ("code", "kind") if self.instance.versions.exists() else ():
                self.fields[name].disabled = True
        else:
            self.fields["language"].choices = site_languages()
            own = get_language()
            self.initial["language"] = own if own in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def clean_door(self) -> str:
        """Refuse to open a form to everybody that asks for an organisation of one's account."""
        door: str = self.cleaned_data["door"]
        current = self.instance.current if self.instance.pk else None
        if door == Door.OPEN and current and needs_account(current.structure):
            raise forms.ValidationError(
                _("This form asks for an organisation, and only people with an account have one.")
            )
        return door

    @transaction.atomic
    def save(self, commit: bool = True) -> Form:  # noqa: FBT001, FBT002 - Django's signature
        """Make the form with its text, or change it and note what."""
        if self.instance.pk:
            form: Form = super().save(commit)
            record(
                "forms.form_changed",
                target=form,
                actor=self.for_user,
                details={"fields": list(self.changed_data)},
            )
            return form
        self.instance = create_form(**self.cleaned_data, by=self.for_user)
        return self.instance


class DefinitionForm(WagtailAdminModelForm):
    """The text of a form; publishing asks whether it would work."""

    instance: FormDefinition

    def clean(self) -> dict[str, Any]:
        """Say what keeps the form from going live, each at its place; a draft may have any gaps."""
        cleaned: dict[str, Any] = super().clean()
        source = source_row(self.instance.form)
        if "action-publish" in self.data and not self.errors and source and source.pk == self.instance.pk:
            written = FormDefinition(form=self.instance.form, locale=self.instance.locale, **cleaned)
            self._say(
                [problem for problem in check(alone(written), written.form) if not problem.warning], cleaned
            )
        return cleaned

    def _say(self, problems: list[Problem], cleaned: dict[str, Any]) -> None:
        steps = [problem for problem in problems if problem.where[:1] == ("steps",)]
        for problem in problems:
            if problem not in steps:
                self.add_error(str(problem.where[0]), problem.text)
        if steps:
            field = FormDefinition._meta.get_field("steps")
            self.add_error("steps", errors_of_steps(field, cleaned["steps"], steps))
