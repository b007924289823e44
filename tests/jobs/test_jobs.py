from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.models import Page

from cms.core import clock
from cms.jobs import prune
from cms.jobs.models import Job
from cms.jobs.outbox import enqueue
from cms.jobs.runner import run_due
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db


def test_done_jobs_are_pruned_after_thirty_days_and_dead_ones_kept(monkeypatch):
    monkeypatch.setattr(prune, "BATCH", 2)
    with clock.shifted(-timedelta(days=30, seconds=1)):
        JobFactory.create_batch(5, done=True)
        dead = JobFactory(dead=True)
        waiting = JobFactory(kind="test.of_a_later_release")
    fresh = JobFactory(done=True)
    enqueue("jobs.prune")
    assert run_due() == 1
    assert set(Job.objects.exclude(kind="jobs.prune")) == {dead, waiting, fresh}


def test_expired_sessions_are_cleared():
    for days in (-1, 1):
        session = SessionStore()
        session.set_expiry(timedelta(days=days))
        session.save()
    enqueue("jobs.clear_sessions")
    assert run_due() == 1
    assert Session.objects.count() == 1


def test_what_editors_scheduled_is_published():
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="News", slug="later", live=False))
    page.go_live_at = timezone.now() - timedelta(seconds=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    enqueue("jobs.publish_scheduled")
    run_due()
    page.refresh_from_db()
    assert page.live
