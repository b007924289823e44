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


class OrganisationKind(Codes):
    """What an organisation is in law."""

    REGISTERED = "registered", _("Registered organisation")
    PUBLIC = "public", _("Public body")
    GROUP = "group", _("Group without legal form")


class OrganisationRole(Codes):
    """What a member may do; whoever makes an organisation owns it."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Writes")
    SIGNATORY = "signatory", _("Signs")
    VIEWER = "viewer", _("Reads")


WRITING_ROLES = frozenset({OrganisationRole.OWNER, OrganisationRole.EDITOR})
"""Who may change what is known of an organisation."""


class Registry(Codes):
    """Where organisations are registered, by the codes of org-id.guide where it has one."""

    GE_NAPR = "GE-NAPR", _("Georgia: National Agency of Public Registry")
    DE_VR = "DE-VR", _("Germany: register of associations")
    DE_HRB = "DE-HRB", _("Germany: commercial register")
    IT_CF = "IT-CF", _("Italy: tax code")
    IT_RUNTS = "IT-RUNTS", _("Italy: register of the third sector")
    OTHER = "other", _("Another registry")
