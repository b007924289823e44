import pytest
from django.db import transaction
from django_tasks import task
from django_tasks.exceptions import InvalidTaskError
from wagtail.models import Page

from cms.jobs.enums import JobState
from cms.jobs.models import Job
from cms.jobs.runner import run_due
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db

called = []


@task()
def note(*args, **kwargs):
    called.append((args, kwargs))


def not_a_task(*_args):
    called.append("not a task")


@pytest.fixture(autouse=True)
def _forget():
    called.clear()


def test_nothing_runs_before_a_runner_comes():
    result = note.enqueue(1, name="x")
    assert (called, result.is_finished) == ([], False)
    assert run_due() == 1
    assert called == [((1,), {"name": "x"})]


def test_equal_calls_are_one_job_and_different_ones_are_not():
    for _time in range(3):
        note.enqueue(1)
    note.enqueue(2)
    assert run_due() == 2
    assert called == [((1,), {}), ((2,), {})]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_task():
    with transaction.atomic():
        note.enqueue(1)
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


def test_a_task_may_wait(stopped_clock):
    moment = stopped_clock.now.replace(hour=12)
    note.using(run_after=moment).enqueue(1)
    assert run_due() == 0
    assert Job.objects.get().run_after == moment


def test_arguments_must_be_json():
    with pytest.raises(TypeError):
        note.enqueue(object())


@pytest.mark.expects_error_log("cms.jobs")
@pytest.mark.parametrize(
    "path",
    ["os.system", f"{__name__}.not_a_task", "cms.no_such_module.task", f"{__name__}.gone", "nodots"],
)
def test_only_tasks_are_called(path):
    JobFactory(kind="jobs.task", args={"path": path, "args": ["true"], "kwargs": {}})
    assert run_due() == 1
    assert (Job.objects.get().state, called) == (JobState.DEAD, [])


def test_a_priority_is_refused():
    with pytest.raises(InvalidTaskError):
        note.using(priority=5)


def test_saving_a_page_indexes_it_later(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        root = Page.objects.get(depth=1)
        page = root.add_child(instance=Page(title="ახალი ამბები", slug="news"))
        page.save()
        page.save()
    paths = [job.args["path"] for job in Job.objects.all() if job.args["args"][-1] == str(page.pk)]
    assert len(paths) == len(set(paths)) >= 1
    assert list(Page.objects.search("ახალი ამბები")) == []
    run_due()
    assert [found.pk for found in Page.objects.search("ახალი ამბები")] == [page.pk]
