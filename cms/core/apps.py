from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "cms_core"

    def ready(self) -> None:
        from cms.core.admin import csp  # noqa: PLC0415 - needs Wagtail's widgets, which need the models

        csp.install()
