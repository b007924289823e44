"""Tell a runner that there is work, never inside the request's own time."""

from cms.jobs.enums import Lane


def wake(lane: Lane) -> None:
    """Wake whoever runs `lane`; returns at once whatever state the broker is in."""
