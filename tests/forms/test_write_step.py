"""A step with files is one transaction: all of it is kept or nothing, on the disk as well."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils.datastructures import MultiValueDict

from cms.forms.domain import write_step as module
from cms.forms.domain.save_step import Conflict, Saved
from cms.forms.domain.write_step import write_step
from cms.forms.journey import Journey
from cms.forms.models import StepData, Submission
from tests.forms.factories import make_draft, make_filled, make_upload, send
from tests.forms.uploads.samples import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def written(draft, *names, journey=None, serial=0):
    """Write the step about the budget, with files of these names; return what has become of it."""
    files = [SimpleUploadedFile(name, pdf()) for name in names]
    uploads = MultiValueDict({"budget-plan": files} if files else {})
    data = {"budget-amount": "800"}
    journey = journey or Journey(draft)
    return write_step(journey=journey, step="budget", data=data, uploads=uploads, serial=serial)


def on_disk(files):
    return [path for path in (files / "private").rglob("*") if path.is_file()]


def test_a_failure_leaves_neither_text_nor_file(files, monkeypatch):
    def fail(**_given):
        raise DatabaseError

    monkeypatch.setattr(module, "put_step", fail)
    draft = make_draft()
    with pytest.raises(DatabaseError):
        written(draft, "plan.pdf")
    assert not draft.uploads.exists()
    assert not draft.steps.exists()
    assert on_disk(files) == []


def test_what_was_sent_meanwhile_takes_nothing(files):
    draft = make_filled()
    journey = Journey(Submission.objects.get(pk=draft.pk))
    assert journey.step("budget")
    send(draft)
    found = written(draft, "plan.pdf", journey=journey)
    assert found.saved is None
    assert not draft.uploads.exists()
    assert on_disk(files) == []


def test_room_that_another_window_has_filled_is_told_and_the_text_is_kept():
    draft = make_draft()
    journey = Journey(draft)
    assert journey.surroundings.files == {}
    for _time in range(2):
        make_upload(draft)
    found = written(draft, "plan.pdf", journey=journey)
    assert isinstance(found.saved, Saved)
    assert [error.code for error in found.wrong["plan"]] == ["too_many"]
    assert draft.uploads.count() == 2
    assert draft.steps.get(step="budget").data["amount"] == ["800"]


def test_a_file_is_kept_where_the_text_meets_another():
    draft = make_draft()
    written(draft)
    StepData.objects.update(serial=5, data={"amount": ["900"]})
    found = written(draft, "plan.pdf")
    assert isinstance(found.saved, Conflict)
    assert draft.uploads.count() == 1


def test_the_form_knows_the_files_that_came_with_it():
    draft = make_draft()
    found = written(draft, "plan.pdf", "more.pdf", "most.pdf")
    assert [error.code for error in found.wrong["plan"]] == ["too_many"]
    assert [file["name"] for file in found.form.reading.answers["plan"]] == ["plan.pdf", "more.pdf"]


def test_files_add_few_queries(django_assert_max_num_queries):
    draft = make_draft()
    with django_assert_max_num_queries(12):
        written(draft, "plan.pdf")
