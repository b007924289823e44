"""The moment that decides deadlines: of the first byte, if the last does not come hours later."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cms.core import clock
from cms.core.arrival import PATIENCE, ArrivalMiddleware, arrived_at


@pytest.mark.parametrize(
    ("takes", "counts"), [(timedelta(), True), (PATIENCE, True), (PATIENCE + timedelta(seconds=1), False)]
)
def test_a_body_may_take_its_time_but_not_for_ever(stopped_clock, takes, counts):
    moments = []

    def view(request):
        stopped_clock.move(seconds=takes.total_seconds())
        moments.append(arrived_at(request))
        return HttpResponse()

    before = clock.now()
    ArrivalMiddleware(view)(RequestFactory().post("/"))
    assert moments == [before if counts else before + takes]


def test_nobody_says_when_they_arrived(stopped_clock):
    headers = {"khidi.arrived_at": "2020-01-01T00:00:00+00:00", "HTTP_KHIDI_ARRIVED_AT": "2020-01-01"}
    assert arrived_at(RequestFactory().post("/", **headers)) == clock.now()
