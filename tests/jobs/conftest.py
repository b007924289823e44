"""Kinds of jobs that exist for one test."""

from contextlib import ExitStack
from unittest.mock import patch

import pytest

from cms.jobs import registry, schedule
from cms.jobs.enums import Lane


@pytest.fixture
def handle():
    """Register a function for one test: `handle("test.note", function, atomic=True)`."""
    with ExitStack() as stack:
        handlers = stack.enter_context(patch.dict(registry._handlers))
        stack.enter_context(patch.dict(schedule._intervals, clear=True))

        def register(kind, function, *, lane=Lane.NOW, **options):
            handlers.pop(kind, None)
            return registry.handles(kind, lane=lane, **options)(function)

        yield register


@pytest.fixture
def notes(handle):
    """The arguments of every `test.note` job that was run."""
    taken = []
    handle("test.note", lambda **args: taken.append(args))
    return taken
