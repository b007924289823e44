"""The site that fault tests start as real processes: short leases, and something to run."""

from datetime import timedelta

from cms.settings import test
from cms.settings.test import *  # noqa: F403 - settings by topic are joined by star imports

INSTALLED_APPS = [*test.INSTALLED_APPS, "tests.fault"]
ROOT_URLCONF = "tests.fault.urls"

JOBS_POLL = 0.2
JOBS_LEASE_MARGIN = timedelta(seconds=1)
JOBS_STOP_WAIT = 2.0
