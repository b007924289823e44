"""People who work in the admin."""

from cms.accounts.domain.sync_rights import sync_rights
from cms.accounts.enums import Role
from cms.accounts.models import RoleAssignment
from tests.accounts.factories import UserFactory


def staff(*roles, unit, **fields):
    """Return a person with roles in a unit, by default an officer."""
    person = UserFactory(preferred_language="en", **fields)
    for role in roles or (Role.OFFICER,):
        RoleAssignment.objects.create(user=person, unit=unit, role=role)
    sync_rights(person)
    return person
