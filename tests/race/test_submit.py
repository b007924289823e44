"""Many senders at once: one receipt a draft, one number a reference. The control shows it is no luck."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, models

from cms.core import clock
from cms.forms.domain import reference
from cms.forms.domain.start import start
from cms.forms.domain.submit import submit
from cms.forms.kinds import get
from cms.forms.models import ReferenceSeries, StateChange, Submission, SubmissionVersion
from cms.grants.models import Application
from cms.messages.models import Message
from tests.forms.factories import make_call, make_filled

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.only_on("postgresql"),
]  # SQLite has one writer at a time.

THREADS = 20


def at_once(function, items):
    """Call a function with each item, all at the same moment; return answers and errors."""
    barrier = threading.Barrier(len(items))

    def one(item):
        try:
            barrier.wait(30)
            return function(item)
        except Exception as error:  # noqa: BLE001 - what went wrong is what the test looks at
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(one, items))


def send(draft, moment):
    loaded = Submission.objects.get(pk=draft.pk)
    with clock.stopped(moment):  # A thread has a clock of its own.
        return submit(submission=loaded, arrived=moment, by=None)


def test_twenty_senders_of_one_draft_get_one_receipt(stopped_clock):
    draft, moment = make_filled(), stopped_clock.now
    versions = at_once(lambda _n: send(draft, moment), range(THREADS))
    assert {getattr(version, "pk", version) for version in versions} == {SubmissionVersion.objects.get().pk}
    assert {version.submission.reference for version in versions} == {Submission.objects.get().reference}
    assert (Message.objects.count(), StateChange.objects.count()) == (1, 1)
    assert ReferenceSeries.objects.get().last == 1


def test_without_the_lock_they_get_in_each_others_way(stopped_clock, monkeypatch):
    draft, moment = make_filled(), stopped_clock.now
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, **_options: rows.all())
    waiting = threading.Barrier(THREADS)
    draw = reference.draw_reference

    def draw_together(**series):
        waiting.wait(30)
        return draw(**series)

    monkeypatch.setattr("cms.forms.domain.submit.draw_reference", draw_together)
    results = at_once(lambda _n: send(draft, moment), range(THREADS))
    clashes = [result for result in results if isinstance(result, IntegrityError)]
    assert clashes or SubmissionVersion.objects.count() > 1


def test_twenty_drafts_of_one_call_get_twenty_numbers_in_a_row(stopped_clock):
    call, moment = make_call(code="MV27"), stopped_clock.now
    drafts = [make_filled(call) for _each in range(THREADS)]
    versions = at_once(lambda draft: send(draft, moment), drafts)
    references = [version.submission.reference for version in versions]
    assert sorted(text[:-2] for text in references) == [f"MV27-26-{n:04d}" for n in range(1, THREADS + 1)]
    assert Message.objects.count() == THREADS


def test_one_key_begins_one_draft(stopped_clock):
    call, moment, key = make_call(), stopped_clock.now, "2e5a0f5e-3a0c-4c3c-9b0e-3f6f0a1f7c11"

    def begin(_number):
        return start(
            kind=get("application"),
            version=call.form.current,
            unit=call.unit,
            language="ka",
            key=key,
            arrived=moment,
            make_detail=lambda new: Application.objects.create(submission=new, call=call),
        )

    begun = at_once(begin, range(THREADS))
    assert {getattr(draft, "pk", draft) for draft in begun} == {Submission.objects.get().pk}
    assert Application.objects.count() == 1
