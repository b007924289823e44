"""Files of a draft: nobody else's, not too many, none lost, none left behind."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from cms.forms.domain import prune
from cms.forms.domain.errors import NotNowError, TooManyFilesError
from cms.forms.domain.files import add_files, remove_file
from cms.forms.jobs import prune_links
from cms.forms.journey import Journey
from cms.forms.models import ResumeLink, StepData, Submission, Upload
from cms.forms.uploads.receive import Received
from cms.jobs.schedule import scheduled
from tests.forms.factories import (
    equals,
    fill,
    make_call,
    make_draft,
    make_filled,
    make_sent,
    make_upload,
    step,
    yes_no,
)
from tests.forms.factories import files as files_question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def private(files):
    """Return the folder of private files."""
    return files / "private"


def received(text="plan", name="plan.pdf"):
    content = ContentFile(text.encode())
    return Received(name=name, type="pdf", size=content.size, content=content)


def on_disk(folder: Path):
    return [path for path in folder.rglob("*") if path.is_file()]


# --- What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["title", "health", "nobody", ""])
def test_only_a_question_for_files_takes_files(question, private):
    with pytest.raises(NotNowError):
        add_files(journey=Journey(make_draft()), question=question, files=[received()])
    assert on_disk(private) == []


def test_a_hidden_question_takes_none():
    steps = [step("one", yes_no("a"), files_question("plan", condition=equals("a", value=True)))]
    draft = fill(make_draft(make_call(*steps)), a="no")
    with pytest.raises(NotNowError):
        add_files(journey=Journey(draft), question="plan", files=[received()])


def test_what_was_sent_takes_none_and_loses_none():
    sent = make_sent()
    kept = make_upload(sent, frozen=True)
    with pytest.raises(NotNowError):
        add_files(journey=Journey(sent), question="plan", files=[received()])
    with pytest.raises(NotNowError):
        remove_file(journey=Journey(sent), token=kept.token)
    kept.refresh_from_db()
    assert kept.removed_at is None


def test_more_than_the_question_takes_leave_nothing_behind(private):
    draft = make_draft()
    make_upload(draft)
    with pytest.raises(TooManyFilesError):
        add_files(journey=Journey(draft), question="plan", files=[received(), received()])
    assert draft.uploads.count() == 1
    assert on_disk(private) == []


def test_a_failure_at_the_second_file_takes_the_first_away(private, monkeypatch):
    draft = make_draft()
    save, saved = Upload.save, []

    def fail_at_the_second(upload, **options):
        saved.append(upload)
        if len(saved) > 1:
            raise RuntimeError
        save(upload, **options)

    monkeypatch.setattr(Upload, "save", fail_at_the_second)
    with pytest.raises(RuntimeError):
        add_files(journey=Journey(draft), question="plan", files=[received(), received()])
    assert not draft.uploads.exists()
    assert on_disk(private) == []


def test_nobody_removes_files_of_others():
    mine, theirs = make_draft(), make_draft()
    upload = make_upload(theirs)
    remove_file(journey=Journey(mine), token=upload.token)
    remove_file(journey=Journey(mine), token=uuid4())
    upload.refresh_from_db()
    assert upload.removed_at is None


# --- What is kept ------------------------------------------------------------------------------


def test_files_are_kept_under_names_that_tell_nothing(private):
    journey = Journey(make_draft())
    [upload] = add_files(journey=journey, question="plan", files=[received("secret", "Nino's plan.pdf")])
    [path] = on_disk(private)
    assert path.read_text() == "secret"
    assert "Nino" not in str(path)
    assert (upload.name, upload.size, len(upload.sha256)) == ("Nino's plan.pdf", 6, 64)
    [answer] = journey.answers()["plan"]
    assert answer == {"token": str(upload.token), "name": "Nino's plan.pdf", "size": 6, "type": "pdf"}
    assert str(journey.step("budget").state) == "started"


def test_a_removed_file_is_missing_at_once_and_gone_after_a_day(private, stopped_clock):
    draft = make_filled()
    [upload] = add_files(journey=Journey(draft), question="plan", files=[received()])
    StepData.objects.filter(submission=draft).update(complete=True)
    journey = Journey(Submission.objects.get(pk=draft.pk))
    remove_file(journey=journey, token=upload.token)
    remove_file(journey=journey, token=upload.token)
    assert journey.answers()["plan"] is None
    assert not draft.steps.get(step="budget").complete
    assert (prune.prune_uploads(), len(on_disk(private))) == (0, 1)
    stopped_clock.move(hours=25)
    assert (prune.prune_uploads(), on_disk(private)) == (1, [])


# --- What is pruned ----------------------------------------------------------------------------


def test_what_was_sent_once_is_never_pruned(stopped_clock):
    kept = make_upload(make_draft(), frozen=True, removed_at=stopped_clock.now)
    there = make_upload(make_draft())
    stopped_clock.move(days=365)
    assert prune.prune_uploads() == 0
    assert set(Upload.objects.all()) == {kept, there}


def test_a_file_that_is_gone_already_does_not_stop_the_others(private, stopped_clock):
    draft = make_draft()
    make_upload(draft, removed_at=stopped_clock.now)  # Nothing lies behind it.
    [upload] = add_files(journey=Journey(draft), question="plan", files=[received()])
    Upload.objects.update(removed_at=stopped_clock.now)
    stopped_clock.move(days=2)
    assert prune.prune_uploads() == 2
    assert not upload.file.storage.exists(upload.file.name)


def test_expired_links_go_and_others_stay(stopped_clock):
    draft, moment = make_draft(), stopped_clock.now
    old, new = (
        ResumeLink.objects.create(submission=draft, digest=str(n) * 64, expires_at=moment) for n in (1, 2)
    )
    stopped_clock.move(seconds=1)
    ResumeLink.objects.filter(pk=new.pk).update(expires_at=stopped_clock.now)
    prune_links()
    assert list(ResumeLink.objects.all()) == [new]
    assert {"forms.prune_uploads", "forms.prune_links"} <= scheduled().keys()
    assert old.pk


def test_changing_ones_mind_for_hours_fills_no_disk(private):
    draft = make_filled()
    for _round in range(12):
        journey = Journey(draft)
        (upload,) = add_files(journey=journey, question="plan", files=[received()])
        remove_file(journey=journey, token=upload.token)
    assert len(on_disk(private)) == Upload.objects.count() == 5


def test_what_was_sent_stays_however_often_others_are_removed(private):
    sent = make_upload(make_filled(), frozen=True)
    sent.file.save("plan", ContentFile(b"%PDF"))
    Upload.objects.filter(pk=sent.pk).update(removed_at=sent.created_at)
    for _round in range(8):
        journey = Journey(sent.submission)
        (upload,) = add_files(journey=journey, question="plan", files=[received()])
        remove_file(journey=journey, token=upload.token)
    assert Upload.objects.filter(pk=sent.pk).exists()
    assert Path(sent.file.path).exists()
