"""Forms, what people hand in with them, and what is said about it."""

from cms.forms.models.answers import StepData, SubmissionVersion
from cms.forms.models.definition import FormDefinition
from cms.forms.models.file import Upload
from cms.forms.models.form import Form, FormVersion
from cms.forms.models.note import Note
from cms.forms.models.reopening import Reopening, SentCopy
from cms.forms.models.submission import ReferenceSeries, ResumeLink, StateChange, Submission

__all__ = [
    "Form",
    "FormDefinition",
    "FormVersion",
    "Note",
    "ReferenceSeries",
    "Reopening",
    "ResumeLink",
    "SentCopy",
    "StateChange",
    "StepData",
    "Submission",
    "SubmissionVersion",
    "Upload",
]
