"""The outbox's own housekeeping, and what Wagtail expects of cron."""

from datetime import timedelta
from importlib import import_module
from io import StringIO

from django.conf import settings
from django.core.management import call_command

from cms.jobs.enums import Lane
from cms.jobs.prune import prune_done
from cms.jobs.registry import handles
from cms.jobs.schedule import every


@handles("jobs.prune", lane=Lane.LATER)
def prune() -> None:
    """Delete jobs that were done long ago."""
    prune_done()


@handles("jobs.clear_sessions", lane=Lane.LATER)
def clear_sessions() -> None:
    """Delete sessions that have expired."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@handles("jobs.publish_scheduled", lane=Lane.NOW)
def publish_scheduled() -> None:
    """Publish and unpublish what editors have scheduled."""
    call_command("publish_scheduled", stdout=StringIO())


every("jobs.prune", timedelta(days=1))
every("jobs.clear_sessions", timedelta(days=1))
every("jobs.publish_scheduled", timedelta(minutes=1))
