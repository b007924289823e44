"""People, units and roles; traits say what is not the plain case."""

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from cms.accounts.enums import Role, UnitKind
from cms.accounts.models import RoleAssignment, Unit, User


class UnitFactory(DjangoModelFactory):
    """A main office; `hub` lies below one, `partner` stands beside."""

    class Meta:
        model = Unit

    class Params:
        hub = factory.Trait(
            kind=UnitKind.HUB, parent=factory.SubFactory("tests.accounts.factories.UnitFactory")
        )
        partner = factory.Trait(kind=UnitKind.PARTNER)

    code = factory.Sequence(lambda number: f"unit-{number}")
    name = factory.Sequence(lambda number: f"Unit {number}")
    kind = UnitKind.OFFICE


class UserFactory(DjangoModelFactory):
    """A person with a confirmed address and no role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        superuser = factory.Trait(is_superuser=True)
        closed = factory.Trait(is_active=False)

    email = factory.Sequence(lambda number: f"person-{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")
    preferred_language = "ka"

    @classmethod
    def _create(cls, model_class, *_args, **fields):
        return model_class.objects.create_user(**fields)

    @factory.post_generation
    def confirmed(self, create, extracted, **_kwargs):
        """`UserFactory(confirmed=False)` leaves the address unconfirmed."""
        if create:
            verified = extracted is not False
            EmailAddress.objects.create(user=self, email=self.email, verified=verified, primary=True)


class RoleAssignmentFactory(DjangoModelFactory):
    """An administrator of a new office."""

    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory, invited=True)
    unit = factory.SubFactory(UnitFactory)
    role = Role.ADMIN


def person_with(role, unit, **fields):
    """Return a new person with a role in a unit."""
    return RoleAssignmentFactory(user__name=fields.pop("name", "Staff"), role=role, unit=unit, **fields).user
