from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "cms.forms"
    label = "cms_forms"
    verbose_name = "Forms"

    def ready(self) -> None:
        from cms.forms import signals  # noqa: F401, PLC0415 - registered by being imported
