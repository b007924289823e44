"""A step in a real browser: it saves itself, counts, and works without a script."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.forms.models import StepData
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_call, make_draft, people, question, short_text, step
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(site):
    parts = [
        step(
            "project", short_text("title"), question("long_text", "summary", max_words=5, max_characters=None)
        ),
        step("more", short_text("rest", required=False), people(at_most=3)),
    ]
    return make_draft(make_call(*parts, closes_wall=None), owner=UserFactory())


@pytest.fixture
def page_of(draft, visitor, site):
    """Return a function that opens a step in a browser in which the owner is signed in."""

    def opened(name="project", **options):
        session = sign_in(Client(), draft.owner, proven=False).cookies["sessionid"].value
        someone = visitor(**options)
        someone.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        return someone.open(reverse("forms:step", args=[draft.token, name]))

    return opened


def test_a_step_saves_itself_and_is_then_saved_by_its_button(page_of, draft):
    page = page_of()
    page.fill("#id_project-title", "Tables")
    with page.expect_response(lambda response: response.request.method == "POST") as saved:
        page.press("#id_project-title", "Tab")
    assert saved.value.status == 200
    assert StepData.objects.get(submission=draft).data["title"] == ["Tables"]
    page.fill("#id_project-summary", "Cooking with all neighbours")
    page.click(".actions .button")
    page.wait_for_url("**/step/more/")
    row = StepData.objects.get(submission=draft, step="project")
    assert row.data == {"title": ["Tables"], "summary": ["Cooking with all neighbours"]}


def test_every_box_for_a_name_saves_itself(page_of, draft):
    page = page_of("more")
    page.locator("#id_more-people_3").evaluate("box => { box.value = 'ليلى' }")  # Filled in by the browser.
    page.fill("#id_more-people", "ნინო")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.press("#id_more-people", "Tab")
    page.reload()
    names = [box.input_value() for box in page.locator("[name=more-people]").all()]
    assert names == ["ნინო", "", "ليلى"]
    assert StepData.objects.get(submission=draft).data["people"] == names


def test_words_are_counted_while_they_are_typed(page_of):
    page = page_of()
    page.fill("#id_project-summary", "one  two\nthree")
    assert page.text_content(".count bdi") == "3 / 5"


def test_a_step_needs_no_script(page_of, draft):
    page = page_of(scripts=False, width=390)
    page.fill("#id_project-title", "Tables")
    page.click("button[name=later]")
    page.wait_for_url(f"**/my/{draft.token}/")
    assert StepData.objects.get(submission=draft).data["title"] == ["Tables"]
