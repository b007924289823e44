from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "cms.grants"
    label = "cms_grants"

    def ready(self) -> None:
        from cms.forms import kinds  # noqa: PLC0415 - models need all apps
        from cms.grants import policy, signals  # noqa: F401, PLC0415 - verbs and receivers, by being imported
        from cms.grants.kinds import ApplicationKind  # noqa: PLC0415 - as above

        kinds.register(ApplicationKind())
