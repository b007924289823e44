from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "cms.grants"
    label = "cms_grants"
