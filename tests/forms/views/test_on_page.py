"""A page that saves itself shows the same questions as before, whatever a new answer would bring up."""

import pytest

from cms.forms.models import StepData
from tests.forms.factories import choices, equals, make_call, make_draft, step, yes_no

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(person):
    """A draft whose second question appears with the first, and offers boxes to tick."""
    more = choices("which", "a", "b", condition=equals("more", value=True))
    return make_draft(make_call(step("project", yes_no("more"), more)), owner=person)


def test_what_a_saved_answer_brings_up_is_new_when_the_button_is_pressed(asking, save):
    save(asking, "project", {"autosave": "1", "on-page": "more"}, more="yes")
    response = save(asking, "project", {"on-page": "more"}, serial=1, more="yes")
    form = response.context["form"]
    assert (response.status_code, form.new, form.errors) == (200, {"which"}, {})


def test_without_an_answer_to_it_the_next_page_names_what_is_missing(asking, save):
    save(asking, "project", {"on-page": "more"}, more="yes")
    response = save(asking, "project", {"on-page": "more which"}, serial=1, more="yes")
    assert list(response.context["form"].errors) == ["which"]


def test_boxes_that_were_not_on_the_page_stay_ticked(asking, save):
    save(asking, "project", {"on-page": "more which"}, more="yes", which=["a", "b"])
    save(asking, "project", {"on-page": "more which"}, serial=1, more="no", which=["a", "b"])
    save(asking, "project", {"autosave": "1", "on-page": "more"}, serial=1, more="yes")
    save(asking, "project", {"on-page": "more"}, serial=2, more="yes")
    assert StepData.objects.get(submission=asking).data["which"] == ["a", "b"]


@pytest.mark.parametrize("told", ["", "nothing status", "\0", "more " * 2000])
def test_nonsense_does_no_harm(asking, save, told):
    assert save(asking, "project", {"on-page": told}, more="no").status_code in {200, 302}
