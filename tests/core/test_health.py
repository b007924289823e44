"""Liveness asks nothing; readiness depends on the database alone."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection

from cms.core import clock, health
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job


def test_live_needs_no_database(client):
    assert client.get("/healthz/live").json() == {"status": "ok"}


@pytest.mark.expects_error_log("django.request")
def test_without_a_database_the_site_lives_but_is_not_ready(client, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "missing": "database"})
    assert answer["Retry-After"]
    assert client.get("/healthz/live").status_code == 200


@pytest.mark.django_db
@pytest.mark.expects_error_log("django.request")
def test_a_missing_migration_makes_it_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", set())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'cms_jobs'")
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["missing"]) == (503, "migrations")


@pytest.mark.django_db
def test_ready(client):
    answer = client.get("/healthz/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "degraded": [], "jobs": {"oldest_due_seconds": 0.0, "dead": 0}}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_jobs_that_wait_or_were_given_up_degrade_it(client, stopped_clock):
    Job.objects.create(kind="x", lane=Lane.NOW, run_after=clock.now() + timedelta(minutes=1))
    assert client.get("/healthz/ready").json()["status"] == "ok"
    stopped_clock.move(minutes=4)
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["degraded"]) == (200, ["jobs"])
    assert answer.json()["jobs"] == {"oldest_due_seconds": 180.0, "dead": 0}
    Job.objects.update(state=JobState.DEAD)
    assert client.get("/healthz/ready").json()["jobs"] == {"oldest_due_seconds": 0.0, "dead": 1}
    assert client.get("/healthz/ready").json()["status"] == "degraded"


@pytest.mark.django_db
def test_a_cache_that_is_away_only_degrades_it(client, monkeypatch):
    monkeypatch.setattr(type(cache._connections["default"]), "get", lambda *_arguments, **_options: None)
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["degraded"]) == (200, ["cache"])


def test_it_can_only_be_read(client):
    for path in ("/healthz/live", "/healthz/ready"):
        assert client.post(path).status_code == 405
