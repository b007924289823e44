from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project itself: commands, system checks and templates that belong to no room."""

    name = "cms"
    label = "cms"

    def ready(self) -> None:
        from cms import checks  # noqa: PLC0415 - its rules need the models

        checks.refuse_demo()
