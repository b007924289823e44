from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "cms.pages"
    label = "cms_pages"

    def ready(self) -> None:
        from cms.pages import jobs, signals, translation_signals  # noqa: F401, PLC0415 - need models
