"""Who may do what to events and registrations; asked by views, admin, exports and search alike."""

from django.db.models import QuerySet

from cms.accounts.enums import Role
from cms.accounts.models import Unit
from cms.accounts.policy import Person, allow, can, units_where
from cms.events.enums import ANNOUNCE
from cms.events.kinds import RegistrationKind
from cms.events.models import Event, Occurrence, Recurrence
from cms.forms.policy import HELP, is_helper

VIEW = allow(RegistrationKind.view, Role.EVENT_MANAGER, Role.ADMIN)
"""Read registrations: an administrator answers for the unit when somebody asks what is kept."""

WORK = allow(RegistrationKind.work, Role.EVENT_MANAGER)
"""Register people at the desk, cancel, accept on the telephone, write."""

SPECIAL = allow(RegistrationKind.special, Role.EVENT_MANAGER)
"""Read answers of a special category, such as what somebody needs to take part."""

MANAGE = allow("events.manage", Role.EVENT_MANAGER, Role.ADMIN)
"""Make events and dates, set seats, postpone, cancel."""

allow(ANNOUNCE, Role.EDITOR, Role.EVENT_MANAGER, Role.ADMIN)


def events_visible_to(user: Person) -> QuerySet[Event]:
    """Return the events that `user` may change."""
    return Event.objects.filter(unit__in=units_where(user, MANAGE))


def dates_visible_to(user: Person) -> QuerySet[Occurrence]:
    """Return the dates that `user` may change."""
    return Occurrence.objects.filter(event__unit__in=units_where(user, MANAGE))


def rules_visible_to(user: Person) -> QuerySet[Recurrence]:
    """Return the rules for dates that `user` may change."""
    return Recurrence.objects.filter(event__unit__in=units_where(user, MANAGE))


def may_manage(user: Person, event: Event) -> bool:
    """Tell whether `user` may change an event and its dates."""
    return can(user, MANAGE, event)


def may_work_at(user: Person, event: Event) -> bool:
    """Tell whether `user` works on the registrations of an event: the desk is theirs."""
    return can(user, WORK, event)


def may_help(user: Person, event: Event) -> bool:
    """Tell whether `user` may register somebody else: at the desk, or as a helper if the form lets them."""
    if may_work_at(user, event):
        return True
    return event.form is not None and event.form.helpers and is_helper(user)


def units_of_helper(user: Person, event: Event) -> QuerySet[Unit]:
    """Return the units in whose name `user` registers somebody: at the desk that of the event."""
    if may_work_at(user, event):
        return Unit.objects.filter(pk=event.unit_id)
    return units_where(user, HELP)
