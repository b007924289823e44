"""Forms in which staff say what is to be done with a submission."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.accounts.models import User
from cms.core import clock

LONGEST, LONGEST_REASON = 4000, 500

Groups = list[tuple[str, list[tuple[str, str]]]]
"""Titles of steps with (key, label) of their questions."""


class AssignForm(forms.Form):
    """Who does it, and by when."""

    person = forms.ModelChoiceField(
        label=_("Assigned to"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )
    due_on = forms.DateField(
        label=_("Due"),
        help_text=_("The day by which the next step should be done."),
        required=False,
        widget=AdminDateInput,
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # Django types the field as a plain one


class BulkAssignForm(AssignForm):
    """The same for many at once, where an empty date leaves theirs alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = _("Leave it empty to keep the days that are set.")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who is told reads this as you write it, so use a language they understand."),
        error_messages={"required": _("Say why: people want to know")},
    )


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = forms.CharField(
        label=_("Note for colleagues"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the note")},
    )


class WriteForm(forms.Form):
    """A message to the applicant."""

    text = forms.CharField(
        label=_("Message"),
        help_text=_("Greeting, reference and the way to answer are added by themselves."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the message")},
    )


class AskForm(forms.Form):
    """Questions to the applicant about answers that were sent."""

    keys = forms.MultipleChoiceField(
        label=_("Answers that may be changed"),
        help_text=_("Everything else stays as it was sent."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one question")},
    )
    text = forms.CharField(
        label=_("What is unclear?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what you would like to know")},
    )
    due_on = forms.DateField(label=_("Answer by"), required=False, widget=AdminDateInput)

    def __init__(self, *args: Any, groups: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = groups  # type: ignore[attr-defined]  # Django types the field as a plain one

    def clean_due_on(self) -> Any:
        """Refuse a day that has passed."""
        day = self.cleaned_data["due_on"]
        if day is not None and day < clock.today():
            raise ValidationError(_("Choose today or a later day"))
        return day
