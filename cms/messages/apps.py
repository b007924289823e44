from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "cms.messages"
    label = "cms_messages"

    def ready(self) -> None:
        from cms.messages import checks, jobs  # noqa: F401, PLC0415 - they register themselves
