import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from cms.accounts.models import User
from tests.accounts.factories import RoleAssignmentFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_address_is_stored_in_lower_case():
    assert UserFactory(email="Nino@Example.ORG").email == "nino@example.org"


def test_an_address_belongs_to_one_person_whatever_its_case():
    UserFactory(email="nino@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="NINO@example.org")


def test_no_door_into_the_database_lets_capitals_pass():
    person = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(email="Nino@example.org")


def test_nobody_has_a_password_even_if_one_is_offered():
    person = User.objects.create_user("a@example.org", password="secret")
    assert not person.has_usable_password()
    assert not person.check_password("secret")
    assert not person.check_password("")


def test_a_superuser_from_the_command_line_can_sign_in_at_once():
    call_command("createsuperuser", email="Root@example.org", interactive=False, verbosity=0)
    root = User.objects.get()
    assert root.is_superuser
    assert list(root.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("root@example.org", True, True)
    ]


@pytest.mark.parametrize("email", ["nino@example.org", "NINO@example.org"])
def test_natural_keys_ignore_case(email):
    person = UserFactory(email="nino@example.org")
    assert User.objects.get_by_natural_key(email) == person


def test_units_have_two_levels():
    hub = UnitFactory(hub=True)
    with pytest.raises(ValidationError):
        UnitFactory.build(parent=hub).clean()
    other = UnitFactory()
    hub.parent.parent = other
    with pytest.raises(ValidationError):
        hub.parent.clean()


def test_no_unit_lies_below_itself():
    unit = UnitFactory()
    unit.parent = unit
    with pytest.raises(ValidationError):
        unit.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        unit.save()


def test_a_unit_that_somebody_works_for_is_not_deleted():
    role = RoleAssignmentFactory()
    with pytest.raises(ProtectedError):
        role.unit.delete()


@pytest.mark.parametrize(("traits", "top"), [({}, True), ({"hub": True}, False), ({"partner": True}, False)])
def test_only_an_office_of_its_own_is_at_the_top(traits, top):
    assert UnitFactory(**traits).at_the_top is top
