from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cms.jobs"
    label = "cms_jobs"
