from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "cms_accounts"

    def ready(self) -> None:
        from cms.accounts import jobs, signals  # noqa: F401, PLC0415 - registered by being imported
