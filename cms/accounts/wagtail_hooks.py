"""People and units in Wagtail's menu; its own shortcuts to accounts are closed."""

from typing import NoReturn

from django.http import Http404
from wagtail import hooks
from wagtail.admin.views.reports.audit_logging import SiteHistoryReportFilterSet
from wagtail.permissions import register_permission_policy
from wagtail.users.views import bulk_actions

from cms.accounts.admin.policies import PeoplePolicy, UnitPolicy
from cms.accounts.admin.units import UnitViewSet, units
from cms.accounts.models import Unit, User

register_permission_policy(User, PeoplePolicy(User))
register_permission_policy(Unit, UnitPolicy(Unit))


@hooks.register("register_admin_viewset")
def register_units() -> UnitViewSet:
    """Show units to those who manage one."""
    return units


# Wagtail's own answer, under the name by which it is asked: the filter of the site history would
# list everybody who ever changed a page, to all of the staff.
SiteHistoryReportFilterSet.get_users_queryset = SiteHistoryReportFilterSet.get_user_choices


class Closed:
    """A bulk action of Wagtail that knows neither units nor what it would leave behind."""

    def dispatch(self, *_request: object) -> NoReturn:
        """Answer as if it did not exist."""
        raise Http404


# Registered after Wagtail's under the same names: groups follow roles, and nobody is deleted.
for action in (
    bulk_actions.AssignRoleBulkAction,
    bulk_actions.DeleteBulkAction,
    bulk_actions.SetActiveStateBulkAction,
):
    hooks.register("register_bulk_action", type(action.__name__, (Closed, action), {}), order=100)
