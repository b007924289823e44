"""Many windows send one change at once: one version. Many begin one: one is open."""

import pytest

from cms.core import clock
from cms.forms.models import Reopening, SentCopy, Submission
from tests.forms.amending import Amendable, begin, send_change
from tests.forms.factories import USUAL, fill, make_sent
from tests.race.test_submit import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]

THREADS = 10


def loaded(sent):
    return Submission.objects.get(pk=sent.pk)


def test_ten_windows_begin_and_send_one_change(stopped_clock, monkeypatch):
    Amendable(monkeypatch)
    sent, moment = make_sent(), stopped_clock.now

    def begun(_number):
        with clock.stopped(moment):  # A thread has a clock of its own.
            return begin(loaded(sent), arrived=moment)

    def sent_again(_number):
        with clock.stopped(moment):
            return send_change(loaded(sent), opened, arrived=moment)

    assert {getattr(row, "pk", row) for row in at_once(begun, range(THREADS))} == {Reopening.objects.get().pk}
    assert SentCopy.objects.count() == 1
    opened = Reopening.objects.get()
    fill(sent, **{**USUAL, "title": "Tables"})
    versions = at_once(sent_again, range(THREADS))
    assert {getattr(version, "number", version) for version in versions} == {2}
    assert sent.versions.count() == 2
