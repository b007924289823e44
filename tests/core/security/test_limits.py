import pytest
from django.test import RequestFactory

from cms.core.security.limits import limited


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.RATE_LIMITS = {"upload": "2/m/key", "start": "1/m/ip", "free": ""}


def request(address="192.0.2.1", method="post"):
    return getattr(RequestFactory(), method)("/ka/", REMOTE_ADDR=address)


def test_an_action_without_a_limit_is_a_mistake():
    with pytest.raises(KeyError):
        limited(request(), "uplaod", "a")


def test_one_try_too_many_is_told_for_this_key_only():
    assert [limited(request(), "upload", "a") for _ in range(3)] == [False, False, True]
    assert not limited(request(), "upload", "b")


def test_addresses_are_counted_apart_and_reading_counts_too():
    assert not limited(request(method="get"), "start")
    assert limited(request(), "start")
    assert not limited(request("192.0.2.2"), "start")


def test_a_limit_may_be_switched_off():
    assert not any(limited(request(), "free") for _ in range(50))


def test_knocking_at_many_doors_makes_no_try_forgotten():
    for _ in range(2):
        limited(request(), "upload", "a")
    for number in range(2000):
        limited(request(), "upload", f"other-{number}")
    assert limited(request(), "upload", "a")
