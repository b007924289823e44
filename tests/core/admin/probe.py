"""A viewset over things of units, once with and once without its guard, and a bulk action."""

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.accounts.models import RoleAssignment
from cms.core.admin.bulk import VisibleBulkAction
from cms.core.admin.guard import ObjectGuard
from cms.urls import urlpatterns as all_urls


def of_own_units(user):
    return RoleAssignment.objects.filter(unit__role_assignments__user_id=user.pk).distinct()


class OpenViewSet(ModelViewSet):
    model = RoleAssignment
    name = "open"
    form_fields = ("role",)
    list_display = ("__str__", "unit_id")
    list_export = ("id", "unit_id")
    search_fields = ("role",)
    search_backend_name = None
    inspect_view_enabled = True
    copy_view_enabled = True


class GuardedViewSet(ObjectGuard, OpenViewSet):
    name = "guarded"

    def visible_to(self, user):
        return of_own_units(user)


class Touch(VisibleBulkAction):
    display_name = action_type = aria_label = "touch"
    models = (RoleAssignment,)
    template_name = "wagtailadmin/bulk_actions/confirmation/base.html"
    touched: list[int] = []

    def visible_to(self, user):
        return of_own_units(user)

    def check_perm(self, obj):
        return obj.role != "reviewer"

    @classmethod
    def execute_action(cls, objects, **_kwargs):
        cls.touched.extend(thing.pk for thing in objects)
        return len(objects), 0


def bulk(request):
    return Touch(request, RoleAssignment).dispatch(request)


def routes(viewset):
    patterns = decorate_urlpatterns(viewset.get_urlpatterns(), require_admin_access)
    return path(f"admin/{viewset.name}/", include((patterns, viewset.name), viewset.name))


urlpatterns = [routes(GuardedViewSet()), routes(OpenViewSet()), path("admin/touch/", bulk), *all_urls]
