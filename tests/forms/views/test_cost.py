"""What pages cost, in questions to the database: session, person and everything else counted."""

import pytest

from tests.forms.factories import make_call, make_filled, make_organisation, make_sent, make_upload

pytestmark = pytest.mark.django_db(transaction=True)  # Menu and foot are remembered once they are committed.

PROJECT = {"title": "Tables", "summary": "Cooking.", "partners": "no"}


@pytest.fixture(autouse=True)
def furniture_is_kept(settings):
    """As everywhere but in tests: menu, host and foot come out of the cache."""
    settings.PAGE_CACHE = True


@pytest.fixture
def warm(browser, filled, person, at):
    """What all pages share is in the cache; there is a file and an organisation to choose."""
    make_organisation(person)
    make_upload(filled)
    browser.get(at("tasks", filled))
    return filled


@pytest.mark.parametrize(
    ("name", "arguments", "most"),
    [
        ("tasks", (), 12),
        ("check", (), 15),
        ("step", ("applicant",), 12),
        ("step", ("budget",), 12),
    ],
)
def test_looking(browser, warm, at, django_assert_max_num_queries, name, arguments, most):
    with django_assert_max_num_queries(most):
        assert browser.get(at(name, warm, *arguments)).status_code == 200


def test_saving_a_step(warm, save, django_assert_max_num_queries):
    data = {**PROJECT, "title": "Chairs"}
    with django_assert_max_num_queries(15):
        assert save(warm, "project", serial=1, **data).status_code == 302


def test_saving_a_step_the_first_time(draft, save, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        assert save(draft, "project", serial=0, **PROJECT).status_code == 302


def test_sending(browser, warm, at, django_assert_max_num_queries):
    with django_assert_max_num_queries(35):
        assert browser.post(at("check", warm))["Location"] == at("receipt", warm)


def test_the_receipt(browser, person, at, django_assert_max_num_queries):
    sent = make_sent(owner=person)
    browser.get(at("receipt", sent))
    with django_assert_max_num_queries(12):
        assert browser.get(at("receipt", sent)).status_code == 200


def test_a_list_costs_the_same_whatever_its_length(
    browser, person, at, django_assert_num_queries, django_assert_max_num_queries
):
    call = make_call()
    make_filled(call, owner=person)
    browser.get(at("mine"))
    with django_assert_max_num_queries(12) as one:
        browser.get(at("mine"))
    for _ in range(3):
        make_filled(call, owner=person)
    with django_assert_num_queries(len(one)):
        browser.get(at("mine"))
