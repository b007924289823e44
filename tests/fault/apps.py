from django.apps import AppConfig


class FaultConfig(AppConfig):
    """Kinds of jobs and addresses that exist only for tests of processes that die."""

    name = "tests.fault"
    label = "tests_fault"

    def ready(self):
        from tests.fault import handlers  # noqa: F401, PLC0415 - registered by being imported
