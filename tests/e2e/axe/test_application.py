"""No violation on the pages of a real form with questions of every kind, nor in the queue of officers."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cms.accounts.models import User
from cms.core import clock
from cms.forms.models import Submission
from cms.grants.domain import begin_application
from cms.grants.models import Call
from tests.accounts.factories import UserFactory
from tests.e2e.axe.test_axe import looked_at
from tests.e2e.browser import DESKTOP, PHONE, accessibility, cut_off
from tests.e2e.people import enter
from tests.forms.factories import make_organisation

pytestmark = pytest.mark.usefixtures("seeded")

STEPS = ("organisation", "project", "money", "documents")


@pytest.mark.parametrize("language", ["ka", "ar"])
def test_axe_finds_nothing_on_a_form_of_the_demonstration(visitor, language):
    person = UserFactory(preferred_language=language)
    make_organisation(person, name="სამეზობლო მაგიდა")
    call = Call.objects.get(code="MV")
    draft = begin_application(call=call, owner=person, language=language, key=uuid4(), arrived=clock.now())
    window = enter(visitor(width=PHONE), person)
    page, found = window.page, {}
    for path in ("", "check/", *(f"step/{step}/" for step in STEPS)):
        page.goto(f"/{language}/my/{draft.token}/{path}")
        for width in (PHONE, DESKTOP):
            found[path, width] = looked_at(page, width) + cut_off(page)
        if "step" in path:
            page.locator("main form.form .actions button").first.click()
            page.locator(".summary").wait_for()
            found[path, "wrong"] = looked_at(page, DESKTOP) + cut_off(page)
    page.goto(f"/{language}/my/")
    found["mine"] = looked_at(page, DESKTOP)
    page.goto(f"/{language}/apply/MV/")
    found["begun"] = looked_at(page, DESKTOP)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_axe_finds_nothing_in_the_queue(visitor):
    """What Wagtail's own frame does is Wagtail's."""
    window = enter(visitor(), User.objects.get(email="officer@khidi.example"))
    sent = Submission.objects.exclude(reference="").filter(unit__code="office").first()
    addresses = [reverse("submissions:index"), reverse("submissions:inspect", args=[sent.pk])]
    found = {}
    for address in addresses:
        window.open(address).wait_for_load_state("networkidle")
        found[address] = [line for line in accessibility(window.page) if "#main" in line or "khidi" in line]
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
