"""A list of submissions as one table, a row each, with the answers as they were sent last.

An empty cell is a question that was not answered, or that has no answer of its own such as a fact
another kind has. A dash is a question that was not asked: hidden by a condition, or not part of
that form. Answers of a special category are left out unless they were asked for on purpose.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.core.export.cells import Cell
from cms.core.export.csv import csv_response
from cms.core.export.xlsx import xlsx_response
from cms.forms.answers import Answered, State, answers_for, staff
from cms.forms.exports.columns import Asked, Fact, facts, facts_of_kinds, questions
from cms.forms.models import FormVersion, Submission, SubmissionVersion
from cms.forms.policy import may_read_special
from cms.forms.queries.queue import latest_versions

NOT_ASKED = "–"
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and the rows one after the other; memory does not grow with their number."""

    submissions: QuerySet[Any]
    by: User
    facts: Sequence[Fact]
    asked: Sequence[Asked]
    forms: dict[int, FormVersion]
    special: bool
    language: str

    @property
    def header(self) -> list[Cell]:
        """Return the names of the columns."""
        return [*(fact.name for fact in self.facts), *(column.name for column in self.asked)]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the header and a row for each submission, in one language whoever asks for the next."""
        with override(self.language):
            yield self.header
        submissions = self.submissions.iterator(chunk_size=CHUNK)
        while chunk := list(islice(submissions, CHUNK)):
            versions = self._versions(chunk)
            for submission in chunk:
                with override(self.language):
                    row = self._row(submission, versions.get(submission.pk))
                yield row

    def about(self) -> Iterator[list[Cell]]:
        """Yield what the columns mean."""
        yield [_("Column"), _("Question or fact")]
        for fact in self.facts:
            yield [fact.name, str(fact.label)]
        for column in self.asked:
            yield [column.name, column.label]
        yield []
        yield [_("(empty)"), _("Not answered")]
        yield [NOT_ASKED, _("Not asked: another form, or a condition hid the question")]
        yield [_("protected"), _("You may not read this answer")]
        yield [_("erased"), _("This answer has been erased")]

    def _versions(self, chunk: Sequence[Submission]) -> dict[int, SubmissionVersion]:
        """Return the last version of each in one query, with its form from memory."""
        keys = [submission.pk for submission in chunk]
        found = {}
        for version in latest_versions(Submission.objects.filter(pk__in=keys)):
            version.form_version = self.forms[version.form_version_id]
            found[version.submission_id] = version
        for submission in chunk:
            if submission.pk in found:
                found[submission.pk].submission = submission
        return found

    def _row(self, submission: Submission, version: SubmissionVersion | None) -> list[Cell]:
        answers: dict[str, Answered] = {}
        if version:
            special = self.special and may_read_special(self.by, submission)
            steps = answers_for(staff(special=special), version, language=self.language)
            answers = {answer.key: answer for step in steps for answer in step.answers}
        return [
            *(fact.value(submission) for fact in self.facts),
            *(cell(answers.get(column.key)) for column in self.asked),
        ]


def cell(answer: Answered | None) -> Cell:
    """Return what stands in the cell of one answer."""
    if answer is None or answer.state == State.NOT_ASKED:
        return NOT_ASKED
    if answer.state == State.HIDDEN:
        return _("protected")
    if answer.state == State.ERASED:
        return _("erased")
    return answer.question.cell(answer.value)


def table(*, submissions: QuerySet[Any], by: User, special: bool) -> Table:
    """Return the table of these submissions; its columns come from the forms they were filled in with."""
    language = get_language() or ""
    versions = latest_versions(submissions).order_by()
    forms = FormVersion.objects.filter(pk__in=versions.values("form_version")).in_bulk()
    codes = submissions.order_by("kind").values_list("kind", flat=True).distinct()
    return Table(
        submissions=submissions,
        by=by,
        facts=[*facts(), *facts_of_kinds(codes)],
        asked=questions(forms.values(), language=language, special=special),
        forms=forms,
        special=special,
        language=language,
    )


@transaction.atomic
def export(*, submissions: QuerySet[Any], by: User, form: str, special: bool) -> HttpResponseBase:
    """Return the table as "csv" or "xlsx", and note who took how much away."""
    whole = table(submissions=submissions, by=by, special=special)
    protected = [column.key for column in whole.asked if column.special]
    details = {"count": submissions.count(), "format": form}
    record("forms.exported", actor=by, details=details)
    if protected:
        record("forms.special_read", actor=by, details={**details, "questions": protected})
    name = f"submissions-{clock.today().isoformat()}.{form}"
    if form == "csv":
        return csv_response(whole.rows(), name)
    return xlsx_response(whole.rows(), name, title=_("Submissions"), about=(_("Columns"), whole.about()))
