from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cms.jobs"
    label = "cms_jobs"

    def ready(self) -> None:
        from cms.jobs import health, jobs, wagtail_tasks  # noqa: F401, PLC0415 - register themselves, need models
