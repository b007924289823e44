"""Wagtail's background tasks become jobs in the outbox (a backend for django-tasks)."""

from django_tasks.backends.immediate import ImmediateBackend


class OutboxBackend(ImmediateBackend):
    """Put a task into the outbox."""
