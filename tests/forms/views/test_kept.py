"""A session has ended while somebody wrote: their text waits for them, and for nobody else."""

import pytest
from django.test import Client

from cms.forms.models import StepData
from cms.forms.views.kept import KEPT
from tests.accounts.factories import UserFactory
from tests.accounts.journeys import ask, enter
from tests.sessions import sign_in

PROJECT = {"title": "Tables", "summary": "Cooking.", "partners": "no"}


@pytest.fixture
def lost():
    """A browser whose session has ended."""
    return Client()


def test_what_was_typed_waits_until_its_owner_has_signed_in(lost, draft, person, at, save):
    response = save(draft, "project", client=lost, **PROJECT)
    assert response["Location"].endswith(f"/account/login/?next={at('step', draft, 'project')}")
    assert "what you have typed is kept" in lost.get(response["Location"]).content.decode()
    assert not StepData.objects.exists()
    sign_in(lost, person, proven=False)
    page = lost.get(at("step", draft, "project")).content.decode()
    assert 'value="Tables"' in page
    assert "It is not saved yet" in page
    assert not StepData.objects.exists()
    assert save(draft, "project", client=lost, serial=0, **PROJECT).status_code == 302
    assert StepData.objects.get().data["title"] == ["Tables"]
    assert lost.session[KEPT] == {}


def test_signing_in_with_a_code_leads_back_to_the_text(lost, draft, person, mails, at, save):
    door = save(draft, "project", client=lost, **PROJECT)["Location"]
    back = {"next": at("step", draft, "project")}
    assert f'name="next" value="{back["next"]}"' in lost.get(door).content.decode()
    asked = ask(lost, person.email, language="en", **back)
    page = lost.get(asked.url).content.decode()
    assert back["next"] in page
    assert enter(lost, mails.code, language="en", **back).url == back["next"]
    assert 'value="Tables"' in lost.get(back["next"]).content.decode()


def test_a_save_made_meanwhile_is_not_overwritten(lost, draft, person, browser, at, save):
    save(draft, "project", client=lost, serial=0, **PROJECT)
    save(draft, "project", **PROJECT | {"title": "Chairs"})
    sign_in(lost, person, proven=False)
    assert 'name="serial" value="0"' in lost.get(at("step", draft, "project")).content.decode()
    assert save(draft, "project", client=lost, serial=0, **PROJECT).status_code == 409


def test_nobody_else_finds_it_on_a_shared_computer(lost, draft, at, save):
    save(draft, "project", client=lost, **PROJECT)
    assert "Tables" not in str(lost.session[KEPT])
    sign_in(lost, UserFactory(), proven=False)
    assert lost.get(at("step", draft, "project")).status_code == 404


def test_it_is_kept_for_half_an_hour(lost, draft, person, at, save, stopped_clock):
    save(draft, "project", client=lost, **PROJECT)
    sign_in(lost, person, proven=False)
    stopped_clock.move(minutes=31)
    assert "Tables" not in lost.get(at("step", draft, "project")).content.decode()


def test_only_a_few_steps_are_kept(lost, draft, save):
    for number in range(6):
        save(draft, f"step-{number}", client=lost, title="x")
    assert len(lost.session[KEPT]) == 4


def test_what_is_too_long_to_be_kept_is_shown_to_be_copied(lost, draft, save):
    response = save(draft, "project", client=lost, title="Tables", summary="x" * 300_000)
    assert response.status_code == 403
    assert "Tables" in response.content.decode()
    assert KEPT not in lost.session


def test_junk_is_not_kept_for_ever(lost, draft, save, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "forms.keep": "2/h/ip"}
    statuses = [save(draft, "project", client=lost, title="Tables").status_code for _ in range(3)]
    assert statuses == [302, 302, 403]


def test_a_forged_form_keeps_nothing(draft, at):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(at("step", draft, "project"), {"project-title": "Mine"}).status_code == 403
    assert KEPT not in strict.session
