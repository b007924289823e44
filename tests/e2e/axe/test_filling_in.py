"""No violation on the pages on which people fill in a form, nor where something is in their way."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.accounts.factories import UserFactory
from tests.e2e.axe.test_axe import looked_at
from tests.e2e.browser import DESKTOP, PHONE, cut_off
from tests.e2e.people import enter
from tests.forms.factories import USUAL, fill, make_call, make_draft, make_organisation, make_upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft():
    """A draft with a file and an organisation to choose, in which one part is wrong and one not begun."""
    person = UserFactory(name="ნინო")
    make_organisation(person, name="სამეზობლო მაგიდა")
    draft = make_draft(make_call(closes_wall=None), owner=person)
    fill(draft, **{key: text for key, text in USUAL.items() if key not in {"true", "amount"}})
    make_upload(draft, name="გეგმა და სურათები.pdf")
    return draft


def address(draft, language, name, *arguments):
    with override(language):
        return reverse(f"forms:{name}", args=[draft.token, *arguments])


@pytest.mark.parametrize("language", ["ka", "ar"])
def test_axe_finds_nothing_on_the_way(visitor, draft, language):
    window = enter(visitor(width=PHONE), draft.owner)
    pages = [("tasks",), ("check",), *(("step", step) for step in ("applicant", "project", "budget"))]
    wrong = {}
    for page in pages:
        window.page.goto(address(draft, language, *page))
        for width in (PHONE, DESKTOP):
            wrong[page, width] = looked_at(window.page, width) + cut_off(window.page)
    assert {place: found for place, found in wrong.items() if found} == {}


@pytest.mark.parametrize("language", ["ka", "ar"])
def test_axe_finds_nothing_where_something_is_in_the_way(visitor, draft, language):
    window = enter(visitor(width=PHONE), draft.owner)
    page = window.page
    page.goto(address(draft, language, "step", "budget"))
    page.fill("#id_budget-amount", "viel")
    page.click(".actions .button")
    page.wait_for_selector(".summary")
    wrong = looked_at(page, PHONE) + cut_off(page)
    page.goto(address(draft, language, "step", "project"))
    page.fill("#id_project-title", "Chairs")
    row = draft.steps.get(step="project")
    draft.steps.filter(pk=row.pk).update(serial=row.serial + 1, data={**row.data, "title": ["მაგიდა"]})
    page.click(".actions .button")
    page.wait_for_selector("input[name=choose-title]")
    wrong += looked_at(page, PHONE) + looked_at(page, DESKTOP) + cut_off(page)
    window.complaints = [line for line in window.complaints if "409" not in line]
    assert wrong == []
