from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cms.jobs"
    label = "cms_jobs"

    def ready(self) -> None:
        from cms.jobs import jobs, wagtail_tasks  # noqa: F401, PLC0415 - registers handlers, needs models
