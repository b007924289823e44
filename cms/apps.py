from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project itself: commands, system checks and templates that belong to no room."""

    name = "cms"
    label = "cms"
