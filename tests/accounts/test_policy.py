from itertools import product
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured

from cms.accounts import policy
from cms.accounts.enums import SECOND_FACTOR_ROLES, STAFF_ROLES, Role
from cms.accounts.models import Unit, User
from cms.accounts.policy import allow, can, forget, people_visible_to, units_where
from tests.accounts.factories import RoleAssignmentFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db

VERBS = {
    "tests.nobody": (),
    "tests.edit": (Role.EDITOR,),
    "tests.decide": (Role.ADMIN, Role.APPROVER),
    "tests.help": tuple(Role),
}


@pytest.fixture(autouse=True)
def verbs(monkeypatch):
    monkeypatch.setattr(policy, "_roles_of_verb", dict(policy._roles_of_verb))
    for verb, roles in VERBS.items():
        allow(verb, *roles)


@pytest.fixture
def units(office, hub, sibling, partner):
    return {"office": office, "hub": hub, "sibling": sibling, "partner": partner}


REACHED = {
    "office": {"office", "hub", "sibling"},
    "hub": {"hub"},
    "sibling": {"sibling"},
    "partner": {"partner"},
}


@pytest.mark.parametrize(("role", "held_in"), list(product(Role, REACHED)))
def test_every_role_reaches_its_unit_and_those_below_and_nothing_else(units, role, held_in):
    person = person_with(role, units[held_in])
    for verb, roles in VERBS.items():
        reached = REACHED[held_in] if role in roles else set()
        assert {unit.code for unit in units_where(person, verb)} == reached
        for code, unit in units.items():
            assert can(person, verb, SimpleNamespace(unit_id=unit.pk)) is (code in reached)
            assert can(person, verb, unit) is (code in reached)
        assert can(person, verb) is bool(reached)
        assert not can(person, verb, SimpleNamespace(unit_id=None))


@pytest.mark.parametrize("verb", VERBS)
def test_whoever_is_closed_out_or_unknown_may_nothing(units, verb):
    closed = person_with(Role.ADMIN, units["office"], user__is_active=False)
    closed_superuser = UserFactory(superuser=True, closed=True)
    for person in (closed, closed_superuser, AnonymousUser(), UserFactory()):
        assert not units_where(person, verb).exists()
        assert not can(person, verb)
        assert not can(person, verb, SimpleNamespace(unit_id=units["office"].pk))
        assert not can(person, verb, SimpleNamespace(unit_id=None))


@pytest.mark.parametrize("verb", VERBS)
def test_a_superuser_may_everything_also_without_a_unit(units, verb):
    root = UserFactory(superuser=True)
    assert set(units_where(root, verb)) == set(units.values())
    assert can(root, verb)
    assert can(root, verb, SimpleNamespace(unit_id=None))


@pytest.mark.parametrize("person", [AnonymousUser(), User(is_superuser=True), User()])
def test_a_mistyped_verb_is_loud_for_everybody(person):
    with pytest.raises(ImproperlyConfigured, match=r"tests\.mistyped"):
        can(person, "tests.mistyped")
    with pytest.raises(ImproperlyConfigured):
        units_where(person, "tests.mistyped")


def test_a_verb_is_declared_once():
    assert allow("tests.edit", Role.EDITOR) == "tests.edit"
    with pytest.raises(ImproperlyConfigured):
        allow("tests.edit", Role.ADMIN)


def test_a_listing_asks_the_database_once(units, django_assert_num_queries):
    person = User.objects.get(pk=person_with(Role.EDITOR, units["office"]).pk)
    things = [SimpleNamespace(unit_id=unit.pk) for unit in Unit.objects.all()] * 50
    with django_assert_num_queries(1):
        assert sum(can(person, verb, thing) for thing in things for verb in VERBS) == 3 * 50 * 2


def test_two_roles_of_a_person_add_up(units, django_assert_num_queries):
    person = person_with(Role.EDITOR, units["hub"])
    RoleAssignmentFactory(user=person, unit=units["partner"], role=Role.EDITOR)
    fresh = User.objects.get(pk=person.pk)
    with django_assert_num_queries(2):
        assert {unit.code for unit in units_where(fresh, "tests.edit")} == {"hub", "partner"}


def test_a_role_given_to_the_same_object_counts_at_once(units):
    person = UserFactory()
    assert not can(person, "tests.edit")
    assignment = RoleAssignmentFactory(user=person, unit=units["hub"], role=Role.EDITOR)
    assert can(person, "tests.edit")
    assignment.delete()
    assert not can(person, "tests.edit")


def test_what_is_remembered_can_be_forgotten(units):
    person = person_with(Role.EDITOR, units["hub"])
    assert can(person, "tests.edit")
    person.role_assignments.all()._raw_delete("default")
    assert can(person, "tests.edit")
    forget(person)
    assert not can(person, "tests.edit")


@pytest.mark.parametrize("role", Role)
def test_staff_and_second_factor_follow_the_roles(office, role):
    person = person_with(role, office)
    assert policy.is_staff(person) is (role in STAFF_ROLES)
    assert policy.must_prove_second_factor(person) is (role in SECOND_FACTOR_ROLES)


def test_administrators_see_the_people_of_their_units_only(units):
    hub_admin = person_with(Role.ADMIN, units["hub"])
    office_admin = person_with(Role.ADMIN, units["office"])
    colleague = person_with(Role.HELPER, units["hub"])
    stranger = person_with(Role.HELPER, units["partner"])
    visitor = UserFactory()
    assert set(people_visible_to(hub_admin)) == {hub_admin, colleague}
    assert set(people_visible_to(office_admin)) == {hub_admin, office_admin, colleague}
    assert not people_visible_to(colleague).exists()
    assert not people_visible_to(AnonymousUser()).exists()
    assert {stranger, visitor} <= set(people_visible_to(UserFactory(superuser=True)))


def test_somebody_who_also_works_elsewhere_is_not_managed_wholly(units):
    hub_admin = person_with(Role.ADMIN, units["hub"])
    colleague = person_with(Role.HELPER, units["hub"])
    assert policy.manages_wholly(hub_admin, colleague)
    RoleAssignmentFactory(user=colleague, unit=units["office"], role=Role.EDITOR)
    assert not policy.manages_wholly(hub_admin, colleague)
    assert policy.manages_wholly(person_with(Role.ADMIN, units["office"]), colleague)


def test_a_superuser_is_managed_by_superusers_only(units):
    root = UserFactory(superuser=True)
    RoleAssignmentFactory(user=root, unit=units["hub"], role=Role.HELPER)
    assert not policy.manages_wholly(person_with(Role.ADMIN, units["office"]), root)
    assert policy.manages_wholly(UserFactory(superuser=True), root)
