"""Forms in the admin: whose they are, what may change, and what each begins with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.forms import kinds
from cms.forms.admin.forms import FormViewSet
from cms.forms.models import Form, FormDefinition
from tests.accounts.factories import UnitFactory
from tests.forms.admin.test_definitions import staff
from tests.forms.definition.building import item, make_definition, publish, step

pytestmark = pytest.mark.django_db

NAME = "Zviadi Private"


@pytest.fixture(autouse=True)
def one_kind(monkeypatch):
    """Tests of this room know of one kind, whatever other rooms register."""
    monkeypatch.setattr(kinds, "choices", lambda: [("application", "Application")])


@pytest.fixture
def unit():
    return UnitFactory()


def url(name, *args):
    return reverse(f"forms_admin:{name}", args=args)


def fields(unit, **more):
    """Return a new form as somebody fills it in."""
    usual = {
        "name": "Fund",
        "code": "fund",
        "unit": unit.pk,
        "kind": "application",
        "door": "account",
        "helpers": "on",
    }
    return {**usual, "language": "ka", **more}


def test_another_unit_finds_nothing_behind_any_address(unit):
    form = make_definition(unit=unit, name=NAME).form
    stranger = staff()
    patterns = [each for each in FormViewSet().get_urlpatterns() if each.pattern.regex.groups]
    assert len(patterns) >= 4
    for pattern in patterns:
        address = url(pattern.name, form.pk)
        assert stranger.get(address).status_code == 404, address
        assert stranger.post(address, fields(unit)).status_code == 404, address
    for name in ("index", "index_results"):
        assert NAME not in stranger.get(url(name)).content.decode()
        assert NAME not in stranger.get(url(name), {"q": "Zviadi"}).content.decode()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.REVIEWER, Role.HELPER])
def test_other_roles_make_no_forms(unit, role):
    person = staff(role, unit)
    form = make_definition(unit=unit, name=NAME).form
    assert NAME not in person.get(url("index"), follow=True).content.decode()
    assert person.get(url("edit", form.pk)).status_code == 404
    person.post(url("add"), fields(unit))
    assert Form.objects.count() == 1


def test_nobody_makes_a_form_for_another_unit(unit):
    officer = staff(unit=unit)
    answer = officer.post(url("add"), fields(UnitFactory()))
    assert "unit" in answer.context["form"].errors
    assert not Form.objects.exists()
    form = make_definition(unit=unit).form
    answer = officer.post(url("edit", form.pk), fields(UnitFactory(), code=form.code))
    assert "unit" in answer.context["form"].errors


def test_nobody_deletes_a_form(unit):
    form = make_definition(unit=unit).form
    officer = staff(unit=unit)
    officer.get(url("delete", form.pk))
    officer.post(url("delete", form.pk))
    assert Form.objects.filter(pk=form.pk).exists()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OFFICER, Role.EVENT_MANAGER])
def test_a_new_form_begins_with_an_empty_text_in_the_chosen_language(unit, role):
    person = staff(role, unit)
    answer = person.post(url("add"), fields(unit, language="it"))
    definition = FormDefinition.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse(
        "wagtailsnippets_cms_forms_formdefinition:edit", args=[definition.pk]
    )
    assert (definition.title, definition.live, definition.locale.language_code) == ("Fund", False, "it")
    assert definition.form.unit == unit
    assert person.get(answer["Location"]).status_code == 200
    assert Entry.objects.get(action="forms.form_made").actor_id == person.person.pk


def test_the_language_on_offer_is_the_editors(unit):
    assert staff(unit=unit, language="de").get(url("add")).context["form"].initial["language"] == "de"


def test_two_forms_cannot_share_a_code(unit):
    officer = staff(unit=unit)
    officer.post(url("add"), fields(unit))
    answer = officer.post(url("add"), fields(unit))
    assert "code" in answer.context["form"].errors


def test_code_and_kind_are_settled_once_the_form_was_published(unit):
    definition = make_definition(unit=unit, code="fund")
    officer = staff(unit=unit)
    officer.post(url("edit", definition.form.pk), fields(unit, code="other"))
    definition.form.refresh_from_db()
    assert definition.form.code == "other"
    publish(definition)
    officer.post(url("edit", definition.form.pk), fields(unit, code="third", name="Renamed"))
    definition.form.refresh_from_db()
    assert (definition.form.code, definition.form.name) == ("other", "Renamed")
    assert Entry.objects.filter(action="forms.form_changed").order_by("pk").last().details == {
        "fields": ["name"]
    }


def test_a_form_that_asks_for_an_organisation_is_not_opened_to_everybody(unit):
    definition = make_definition(step("one", item("organisation", "who")), unit=unit)
    publish(definition)
    answer = staff(unit=unit).post(url("edit", definition.form.pk), fields(unit, door="open"))
    assert "door" in answer.context["form"].errors
    definition.form.refresh_from_db()
    assert definition.form.door == "account"


def test_the_list_says_what_is_in_use_and_costs_the_same_for_any_number(unit):
    officer = staff(unit=unit)
    counts = []
    for more in (3, 57):
        for _ in range(more):
            make_definition(unit=unit)
        officer.get(url("index"))
        with CaptureQueriesContext(connection) as queries:
            page = officer.get(url("index")).content.decode()
        counts.append(len(queries))
        assert "Not published yet" in page
    assert counts[0] == counts[1], counts
