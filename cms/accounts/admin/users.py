"""People in the admin: those of one's own units, invited and given roles, without passwords."""

from typing import Any

import django_filters
from allauth.account.decorators import reauthentication_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.users.views.users import UserViewSet

from cms.accounts.domain.reset_second_factor import reset_second_factor
from cms.accounts.enums import Role
from cms.accounts.models import User
from cms.accounts.policy import Person, manages_wholly, people_visible_to
from cms.accounts.presenters import ChangePersonForm, InviteForm, RolesForm
from cms.accounts.request import signed_in
from cms.core.admin.guard import ObjectGuard, VisibleIndex
from cms.core.text.listed import listed


class PeopleFilterSet(WagtailFilterSet):
    """By role, and whether they may sign in."""

    role = django_filters.ChoiceFilter(
        field_name="role_assignments__role", label=_("Role"), choices=Role.options, distinct=True
    )

    class Meta:
        model = User
        fields = ("is_active",)


class PeopleIndex(VisibleIndex):
    """Who is here, with all their roles."""

    any_permission_required = ("view",)
    page_title = _("People")
    add_item_label = _("Invite a person")

    @cached_property
    def columns(self) -> list[Column]:
        """Return name, address, roles, state."""
        return [
            TitleColumn("name", accessor=str, label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("roles", accessor=_roles, label=_("Roles")),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Read all roles at once."""
        return super().get_base_queryset().prefetch_related("role_assignments__unit")


class PersonCreate(generic.CreateView):
    """Invite."""

    page_title = _("Invite a person")
    success_message = _("%(object)s can sign in now.")


class PersonEdit(generic.EditView):
    """Change roles, and of one's own people who they are."""

    success_message = _("%(object)s was saved.")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Offer help to people who lost their telephone."""
        buttons: list[Button] = super().header_more_buttons
        user = self.request.user
        if self.object.pk != user.pk and manages_wholly(user, self.object):
            url = reverse("wagtailusers_users:reset_second_factor", args=[self.object.pk])
            buttons.append(Button(_("Reset the second factor"), url=url, icon_name="rotate", priority=30))
        return buttons


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then reset a second factor; whoever does so has just proved their own."""
    person = get_object_or_404(people_visible_to(request.user), pk=pk)
    if request.method == "POST":
        reset_second_factor(user=person, by=signed_in(request))
        messages.success(request, _("The second factor was reset. The person sets up a new one."))
        return redirect("wagtailusers_users:edit", pk)
    context = {"person": person, "page_title": _("Reset the second factor"), "header_icon": "rotate"}
    return render(request, "accounts/admin/reset_second_factor.html", context)


class PeopleViewSet(ObjectGuard, UserViewSet):
    """Wagtail's place for users, with our list, our forms and our rules."""

    menu_label = _("People")
    filterset_class = PeopleFilterSet
    index_view_class = PeopleIndex
    add_view_class = PersonCreate
    edit_view_class = PersonEdit
    delete_view_class = generic.DeleteView
    history_view_class = generic.HistoryView
    template_prefix = ""
    copy_view_enabled = False
    list_export = ("name", "email", "is_active", "last_login")
    search_fields = ("name", "email")
    search_backend_name = None
    ordering = ("name", "email")

    def visible_to(self, user: Person) -> QuerySet[User]:
        """Return the people of one's own units."""
        return people_visible_to(user)

    def get_form_class(self, for_update: bool = False) -> type[RolesForm]:  # noqa: FBT001, FBT002 - Wagtail's signature
        """Return the form to invite or to change."""
        return ChangePersonForm if for_update else InviteForm

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Add the reset, guarded like all others."""
        own = path("reset-second-factor/<int:pk>/", self.guarded(reset), name="reset_second_factor")
        return [*super().get_urlpatterns(), own]


def _roles(person: User) -> str:
    """Return all roles in words."""
    return listed(person.role_assignments.all())
