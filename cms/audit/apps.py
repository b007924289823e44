from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cms.audit"
    label = "cms_audit"

    def ready(self) -> None:
        from cms.audit import jobs, signals  # noqa: F401, PLC0415 - registered by being imported
