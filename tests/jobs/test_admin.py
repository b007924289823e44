"""Jobs in the admin, over HTTP."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job
from cms.jobs.signals import job_retried
from tests import sessions
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db

LOOK, RETRY = "cms_jobs.view_job", "cms_jobs.retry_job"


@pytest.fixture
def person():
    """Make somebody who opens the admin and has these permissions besides."""

    def make(*names):
        user = get_user_model().objects.create_user(f"p{len(names)}@example.org")
        for name in ("wagtailadmin.access_admin", *names):
            label, codename = name.split(".")
            permission = Permission.objects.get(content_type__app_label=label, codename=codename)
            user.user_permissions.add(permission)
        return user

    return make


@pytest.fixture
def sign_in(client):
    """Sign somebody in who has proved a second factor."""

    def enter(user):
        sessions.sign_in(client, user)
        return user

    return enter


def urls(job):
    return {
        "list": reverse("jobs:index"),
        "results": reverse("jobs:index_results"),
        "inspect": reverse("jobs:inspect", args=(job.pk,)),
        "retry": reverse("jobs:retry", args=(job.pk,)),
        "bulk": reverse("wagtail_bulk_action", args=("cms_jobs", "job", "retry")) + f"?id={job.pk}",
    }


def state(job):
    job.refresh_from_db()
    return job.state


# --- Who may not ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("name", "status"), [("list", 200), ("results", 200), ("inspect", 404), ("retry", 404), ("bulk", 404)]
)
def test_without_permission_there_is_nothing(client, sign_in, person, name, status, method):
    job = JobFactory(dead=True)
    sign_in(person())
    response = getattr(client, method)(urls(job)[name], follow=True)
    assert response.status_code == status  # 200: Wagtail leads back to its home with a message
    assert b"test.note" not in response.content
    assert state(job) == JobState.DEAD


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["retry", "bulk"])
def test_looking_is_not_retrying(client, sign_in, person, name, method):
    job = JobFactory(dead=True)
    sign_in(person(LOOK))
    assert getattr(client, method)(urls(job)[name], follow=True).status_code == 404
    assert state(job) == JobState.DEAD
    for page in ("list", "inspect"):
        response = client.get(urls(job)[page])
        assert response.status_code == 200
        assert urls(job)["retry"] not in response.text
        assert "data-bulk-action-checkbox" not in response.text


def test_retrying_needs_looking(client, sign_in, person):
    job = JobFactory(dead=True)
    sign_in(person(RETRY))
    assert client.post(urls(job)["retry"], follow=True).status_code == 404
    assert client.post(urls(job)["bulk"], follow=True).status_code == 404
    assert state(job) == JobState.DEAD


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy", "history", "usage"])
def test_other_doors_do_not_exist(client, sign_in, name):
    job = JobFactory()
    sign_in(get_user_model().objects.create_superuser("root@example.org"))
    path = {"add": "new/"}.get(name, f"{name}/{job.pk}/")
    assert client.get(reverse("jobs:index") + path, follow=True).status_code == 404


@pytest.mark.parametrize("unusual", ["running", "done"])
def test_what_is_not_dead_cannot_be_retried(client, sign_in, person, unusual):
    job = JobFactory(**{unusual: True})
    before = job.state
    sign_in(person(LOOK, RETRY))
    assert client.get(urls(job)["retry"], follow=True).status_code == 404
    assert client.post(urls(job)["retry"], follow=True).status_code == 404
    assert client.post(urls(job)["bulk"], follow=True).status_code == 404
    assert state(job) == before


# --- Who may ----------------------------------------------------------------------------------


def test_the_list_shows_and_narrows(client, sign_in, person):
    JobFactory(dead=True)
    JobFactory(kind="jobs.prune", lane=Lane.LATER)
    sign_in(person(LOOK, RETRY))
    page = client.get(reverse("jobs:index"))
    assert "SMTPServerDisconnected" in page.text
    assert "jobs.prune" in page.text
    for query, kinds in {
        "state=dead": ["test.note"],
        "lane=later": ["jobs.prune"],
        "kind=jobs.prune": ["jobs.prune"],
        "kind=jobs.prune&state=dead": [],
        "q=%22%00": ["jobs.prune", "test.note"],
    }.items():
        results = client.get(f"{reverse('jobs:index')}?{query}")
        assert [job.kind for job in results.context["object_list"]] == kinds, query


def test_a_dead_job_is_asked_about_and_started_again(client, sign_in, person):
    told = []

    def hear(sender, *, job, by, **_kwargs):
        told.append((job.pk, by))

    job = JobFactory(dead=True)
    user = sign_in(person(LOOK, RETRY))
    for page in ("list", "inspect"):
        assert urls(job)["retry"] in client.get(urls(job)[page]).text
    question = client.get(urls(job)["retry"])
    assert "csrfmiddlewaretoken" in question.text
    assert state(job) == JobState.DEAD
    job_retried.connect(hear)
    try:
        response = client.post(urls(job)["retry"], follow=True)
    finally:
        job_retried.disconnect(hear)
    assert response.redirect_chain == [(urls(job)["list"], 302)]
    assert (state(job), job.attempts, told) == (JobState.QUEUED, 0, [(job.pk, user)])


def test_many_are_started_again_and_others_left_alone(client, sign_in, person):
    dead, other = JobFactory.create_batch(2, dead=True)
    done = JobFactory(done=True)
    sign_in(person(LOOK, RETRY))
    url = urls(dead)["bulk"] + f"&id={done.pk}&next={reverse('jobs:index')}"
    question = client.get(url)
    assert (f"#{dead.pk}" in question.text, f"#{done.pk}" in question.text) == (True, False)
    assert client.post(url).url == reverse("jobs:index")
    assert (state(dead), state(other), state(done)) == (JobState.QUEUED, JobState.DEAD, JobState.DONE)


def test_all_means_all_that_the_list_was_narrowed_to(client, sign_in, person):
    JobFactory.create_batch(3, dead=True)
    later = JobFactory(dead=True, lane=Lane.LATER)
    sign_in(person(LOOK, RETRY))
    url = reverse("wagtail_bulk_action", args=("cms_jobs", "job", "retry"))
    assert client.post(f"{url}?id=all&lane=later").status_code == 302
    assert list(Job.objects.filter(state=JobState.QUEUED)) == [later]


@pytest.mark.parametrize("path", ["retry/0/", "inspect/0/"])
def test_a_job_that_is_gone(client, sign_in, person, path):
    sign_in(person(LOOK, RETRY))
    assert client.get(reverse("jobs:index") + path, follow=True).status_code == 404


def test_the_list_costs_the_same_for_three_and_for_forty(
    client, sign_in, person, django_assert_max_num_queries
):
    sign_in(person(LOOK, RETRY))
    JobFactory.create_batch(3, dead=True)
    client.get(reverse("jobs:index"))
    with django_assert_max_num_queries(20) as few:
        client.get(reverse("jobs:index"))
    JobFactory.create_batch(37, dead=True)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("jobs:index"))
