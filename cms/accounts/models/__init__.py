"""People, units, roles."""

from cms.accounts.models.organisation import Member, Organisation
from cms.accounts.models.role import RoleAssignment
from cms.accounts.models.unit import Unit
from cms.accounts.models.user import User

__all__ = ["Member", "Organisation", "RoleAssignment", "Unit", "User"]
