import pytest

from cms.jobs.runner import run_due


@pytest.fixture
def run_jobs():
    """Run what is due, in this process."""
    return run_due
