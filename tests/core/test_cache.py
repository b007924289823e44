import logging
import threading
import time

import pytest
from django.core.cache import caches

from cms.core import cache as tolerant

LIMIT = 1.5


@pytest.fixture
def cache(redis_server, settings):
    """The cache of the settings over a Redis that the test may freeze or crash."""
    settings.CACHES = {
        "default": {
            "BACKEND": "cms.core.cache.TolerantRedisCache",
            "LOCATION": redis_server.url,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }
    tolerant._health.clear()
    yield caches["default"]
    tolerant._health.clear()


def page_with(cache):
    """Do what a page does: every method, several times; return the answers and the seconds."""
    started = time.perf_counter()
    answers = [
        cache.get("a"),
        cache.get("a", "default"),
        cache.set("a", 1),
        cache.add("a", 1),
        cache.touch("a"),
        cache.delete("a"),
        cache.has_key("a"),
        "a" in cache,
        cache.get_many(["a", "b"]),
        cache.set_many({"a": 1}),
        cache.delete_many(["a"]),
        cache.get_or_set("c", 5),
        cache.clear(),
    ]
    with pytest.raises(ValueError, match="not found"):
        cache.incr("n")
    return answers, time.perf_counter() - started


WITHOUT = [None, "default", None, False, False, False, False, False, {}, ["a"], None, 5, None]


def test_a_cache_with_a_server_is_djangos(cache):
    answers, _ = page_with(cache)

    assert answers == [None, "default", None, False, True, True, False, False, {}, [], None, 5, None]
    cache.set("n", 1)
    assert (cache.incr("n"), cache.decr("n")) == (2, 1)
    assert cache.add("new", 1)


@pytest.mark.parametrize("fault", ["stop", "kill"])
def test_a_page_without_a_server_misses_and_is_quick(cache, redis_server, fault):
    cache.set("a", 1)
    getattr(redis_server, fault)()

    answers, seconds = page_with(cache)

    assert answers == WITHOUT
    assert seconds < LIMIT


def test_many_threads_wait_at_the_same_time_not_one_after_another(cache, redis_server):
    redis_server.stop()
    threads = [threading.Thread(target=lambda: caches["default"].get("a")) for _ in range(8)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert time.perf_counter() - started < LIMIT


@pytest.mark.parametrize("fault", ["stop", "kill"])
def test_hits_come_back_with_the_server(cache, redis_server, fault, monkeypatch):
    monkeypatch.setattr(tolerant, "PAUSE", 0.05)
    getattr(redis_server, fault)()
    assert cache.get("a") is None
    redis_server.cont() if fault == "stop" else redis_server.restart()
    time.sleep(0.1)

    cache.set("a", 1)
    assert cache.get("a") == 1


def test_a_full_server_counts_as_none(cache, redis_server):
    with redis_server.client() as client:
        client.config_set("maxmemory", "1")
        client.config_set("maxmemory-policy", "noeviction")
    try:
        assert cache.set("a", "x" * 1000) is None
        assert cache.get("a") is None
    finally:
        with redis_server.client() as client:
            client.config_set("maxmemory", "0")


def test_it_is_logged_once_a_minute_and_without_keys(cache, redis_server, caplog, monkeypatch):
    monkeypatch.setattr(tolerant, "PAUSE", 0)
    redis_server.kill()
    with caplog.at_level(logging.WARNING, "cms.cache"):
        for _ in range(5):
            cache.get("secret")
        assert len(caplog.records) == 1
        monkeypatch.setattr(tolerant, "LOGGED_EVERY", 0)
        cache.get("secret")

    assert len(caplog.records) == 2
    assert "secret" not in caplog.text


def test_a_mistake_of_ours_is_not_hidden(cache):
    with pytest.raises(TypeError):
        cache.get()
    cache.set("text", "a")
    with pytest.raises(Exception, match="not an integer"):
        cache.incr("text")


def test_tries_at_a_door_are_counted_without_a_server_too(cache, redis_server):
    redis_server.kill()
    lock, count = "allauth:rl:test:lock", "allauth:rl:test"
    assert cache.add(lock, 1)
    assert not cache.add(lock, 1)
    cache.set(count, [1.0, 2.0], 60)
    assert cache.get(count) == [1.0, 2.0]
    assert cache.delete(lock)
    assert cache.add(lock, 1)
    assert cache.delete(lock)
    assert cache.delete(count)
    assert cache.get(count, []) == []
