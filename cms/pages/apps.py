from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "cms.pages"
    label = "cms_pages"

    def ready(self) -> None:
        from cms.pages import signals  # noqa: F401, PLC0415 - registers itself, needs models
