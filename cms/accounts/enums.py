"""Codes of people and units."""

from django.utils.translation import gettext_lazy as _

from cms.core.codes import Codes


class UnitKind(Codes):
    """An office owns hubs; a partner works beside it."""

    OFFICE = "office", _("Office")
    HUB = "hub", _("Hub")
    PARTNER = "partner", _("Partner")


class Role(Codes):
    """What a person does for a unit; a role in a unit counts in its sub-units too."""

    ADMIN = "admin", _("Administrator")
    EDITOR = "editor", _("Editor")
    OFFICER = "officer", _("Grants officer")
    APPROVER = "approver", _("Approver")
    REVIEWER = "reviewer", _("Reviewer")
    HELPER = "helper", _("Helper")
    EVENT_MANAGER = "event_manager", _("Event manager")


STAFF_ROLES = frozenset({Role.ADMIN, Role.EDITOR, Role.OFFICER, Role.APPROVER, Role.EVENT_MANAGER})
"""Roles that work in the Wagtail admin; helpers and reviewers use the public front end."""

SECOND_FACTOR_ROLES = STAFF_ROLES | {Role.REVIEWER, Role.HELPER}
"""Roles that see other people's data and must prove a second factor."""
