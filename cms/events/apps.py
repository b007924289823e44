from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "cms.events"
    label = "cms_events"

    def ready(self) -> None:
        from cms.events import jobs, policy, signals  # noqa: F401, PLC0415 - by being imported; models need all apps
        from cms.events.kinds import RegistrationKind  # noqa: PLC0415 - as above
        from cms.forms import kinds  # noqa: PLC0415 - as above

        kinds.register(RegistrationKind())
