from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "cms_core"

    def ready(self) -> None:
        # Both need Wagtail's widgets, which need the models.
        from cms.core.admin import choosers, csp  # noqa: PLC0415 - see above

        csp.install()
        choosers.install()
