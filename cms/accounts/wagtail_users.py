"""wagtail.users with our own views of people; in INSTALLED_APPS instead of it."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Groups stay Wagtail's, and stay with superusers: nobody else is given their permissions."""

    user_viewset = "cms.accounts.admin.users.PeopleViewSet"
