"""The number changes with the content, and every process knows within a second."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from wagtail.models import Page

from cms.pages.cache import generation
from cms.pages.cache.generation import EVERY, Reader, bump, current, remembered
from cms.pages.models import Generation, HomePage
from tests.pages.factories import make_homes

committed = pytest.mark.django_db(transaction=True)


class Moment:
    """A monotonic clock that stands still until it is moved."""

    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def moment():
    return Moment()


@pytest.fixture(autouse=True)
def reader_of_this_test(monkeypatch):
    """This process knows nothing from the test before."""
    monkeypatch.setattr(generation, "_reader", Reader(generation._read))


@contextmanager
def taken_back():
    """A transaction, or a savepoint, that fails."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def number():
    return Generation.objects.get().number


@committed
def test_there_is_no_number_before_the_first_change():
    assert current() == 0
    assert remembered("menu", lambda: "made") == "made"
    assert remembered("menu", lambda: "made again") == "made again"


@committed
def test_a_change_counts_when_it_is_committed_and_only_then():
    bump()
    before = current()
    with taken_back():
        bump()
    assert (number(), current()) == (before, before)
    with transaction.atomic():
        bump()
        bump()
    assert number() == current() > before


@committed
def test_a_savepoint_that_is_taken_back_does_not_swallow_later_changes():
    bump()
    before = number()
    with transaction.atomic():
        with taken_back():
            bump()
        bump()
    assert number() > before


@committed
def test_a_transaction_that_changed_content_keeps_nothing():
    bump()
    with taken_back():
        bump()
        assert current() == 0
        assert remembered("menu", lambda: "never committed") == "never committed"
    assert remembered("menu", lambda: "committed") == "committed"


@committed
def test_the_number_never_comes_back(stopped_clock):
    bump()
    first = number()
    Generation.objects.all().delete()
    stopped_clock.move(seconds=1)
    bump()
    assert number() > first
    stopped_clock.move(days=-100)
    last = number()
    bump()
    assert number() == last + 1


@committed
def test_there_is_one_row():
    bump()
    with pytest.raises(DatabaseError):
        Generation.objects.create(pk=2, number=1)


@committed
def test_changes_at_once_are_all_counted():
    start = threading.Barrier(8)

    def change(_number):
        try:
            start.wait(10)
            with transaction.atomic():
                bump()
            return number()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(change, range(8)))
    assert number() == max(seen)
    bump()
    assert number() > max(seen)


def somebody_waits():
    """Return once another transaction waits for a lock."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return


def save_draft_and_publish(page):
    revision = page.save_revision()
    revision.publish()


@pytest.mark.only_on("postgresql")  # SQLite has one writer at a time.
@pytest.mark.parametrize("change", [Page.save, save_draft_and_publish])
@committed
def test_two_who_change_the_same_pages_in_another_order_both_get_done(change):
    pages = make_homes("en")
    begun = threading.Event()

    def several():
        try:
            with transaction.atomic():
                pages["ka"].save()
                begun.set()
                somebody_waits()
                HomePage.objects.get(pk=pages["en"].pk).save()
        finally:
            connections.close_all()

    def one():
        try:
            begun.wait(10)
            with transaction.atomic():
                change(pages["en"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(several), pool.submit(one)]:
            done.result(30)


# --- What a process knows ---------------------------------------------------------------------


@committed
def test_another_process_sees_a_change_within_a_second(moment):
    bump()
    ours, others = Reader(generation._read, moment), Reader(generation._read, moment)
    assert ours.number() == others.number() == number()
    bump()
    ours.forget()
    assert ours.number() == number()
    assert others.number() < number()
    moment.now += EVERY
    assert others.number() == number()


def test_the_row_is_read_once_a_second(moment):
    asked = []
    reader = Reader(lambda: asked.append(None) or len(asked), moment)
    for _request in range(100):
        assert reader.number() == 1
        moment.now += EVERY / 101
    moment.now += EVERY
    assert reader.number() == 2


@pytest.mark.django_db
def test_reading_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        generation._read()


def test_a_slow_answer_is_as_old_as_its_question(moment):
    answers = iter([1, 2])

    def slow():
        moment.now += EVERY
        return next(answers)

    reader = Reader(slow, moment)
    assert reader.number() == 1
    assert reader.number() == 2


def test_while_one_thread_reads_the_others_go_on(moment):
    reading, go_on = threading.Event(), threading.Event()
    answers = iter([1, 2])

    def read():
        answer = next(answers)
        if answer == 2:
            reading.set()
            assert go_on.wait(10)
        return answer

    reader = Reader(read, moment)
    reader.number()
    moment.now += EVERY
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(reader.number)
        assert reading.wait(10)
        assert reader.number() == 1
        go_on.set()
        assert slow.result(10) == 2


def test_a_commit_during_the_question_is_asked_for_again(moment):
    answers = iter([1, 2])

    def read():
        answer = next(answers)
        if answer == 1:
            reader.forget()
        return answer

    reader = Reader(read, moment)
    assert [reader.number(), reader.number()] == [1, 2]


def test_without_a_database_the_last_number_stays_and_is_asked_for_once_a_second(moment):
    answers = iter([7, OperationalError(), OperationalError(), 8])
    asked = []

    def read():
        answer = next(answers)
        asked.append(answer)
        if isinstance(answer, Exception):
            raise answer
        return answer

    reader = Reader(read, moment)
    numbers = []
    for _second in range(4):
        numbers += [reader.number(), reader.number()]
        moment.now += EVERY
    assert numbers == [7, 7, 7, 7, 7, 7, 8, 8]
    assert len(asked) == 4


def test_without_a_database_from_the_start_there_is_no_number(moment):
    def fail():
        raise OperationalError

    assert Reader(fail, moment).number() == 0


# --- Furniture --------------------------------------------------------------------------------


@committed
def test_furniture_is_made_once_a_generation_and_key():
    bump()
    made = []

    def make():
        made.append(None)
        return len(made)

    assert [remembered("menu.ka", make), remembered("menu.ka", make), remembered("menu.it", make)] == [
        1,
        1,
        2,
    ]
    bump()
    assert remembered("menu.ka", make) == 3


@committed
@pytest.mark.parametrize("method", ["get", "set"])
def test_furniture_is_made_anew_when_the_cache_gives_nothing_sensible(monkeypatch, method, caplog):
    def broken(*_args, **_kwargs):
        raise AttributeError("A class of the release before is gone.")

    bump()
    monkeypatch.setattr(caches["pages"], method, broken)
    assert remembered("menu", lambda: "made") == "made"
    assert "AttributeError" in caplog.text


@committed
def test_an_error_in_making_furniture_is_no_matter_of_the_cache():
    bump()
    with pytest.raises(AttributeError):
        remembered("menu", lambda: None.text)


@committed
def test_nothing_is_worth_keeping_too():
    bump()
    assert remembered("notices", lambda: None) is None
    assert remembered("notices", lambda: "made again") is None
