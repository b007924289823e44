"""Who may do what to calls and applications; asked by views, admin, exports and search alike."""

from django.db.models import QuerySet

from cms.accounts.enums import Role
from cms.accounts.policy import Person, allow, units_where
from cms.grants.kinds import ApplicationKind
from cms.grants.models import Call

VIEW = allow(ApplicationKind.view, Role.OFFICER, Role.APPROVER, Role.ADMIN)
"""Read applications: officers work on them, approvers sign what follows, and an administrator
answers for the unit when somebody asks what is kept about them."""

WORK = allow(ApplicationKind.work, Role.OFFICER)
"""Change, ask, write, pass on. Not approvers: whoever releases a decision must not have prepared
it. Not administrators: who gives out roles gets no say in who gets money."""

SPECIAL = allow(ApplicationKind.special, Role.OFFICER, Role.APPROVER)
"""Read answers of a special category: only those who need them to decide."""

CALLS = allow("grants.calls", Role.OFFICER, Role.ADMIN)
"""Announce calls, move deadlines, close."""


def calls_visible_to(user: Person) -> QuerySet[Call]:
    """Return the calls that `user` may change."""
    return Call.objects.filter(unit__in=units_where(user, CALLS))
