"""House rules as system checks: `manage.py check` says what a reviewer would otherwise have to see."""

from collections.abc import Iterator, Sequence

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.streams import LeanStreamField

OWN = ("cms", "search")
DEMO = "cms.demo"


def demo_is_misplaced() -> bool:
    """Tell whether the demonstration site is installed where it must not be."""
    installed = apps.is_installed(DEMO) or settings.DEMO
    return bool(installed and (settings.PRODUCTION or not settings.DEMO))


def refuse_demo() -> None:
    """Stop a process with production settings from starting with the demonstration site.

    Servers run no system checks, so that the check alone would not keep it out. Settings derived
    from production's are caught here too.

    Raises:
        ImproperlyConfigured: the demonstration site is installed.

    """
    if demo_is_misplaced():
        raise ImproperlyConfigured("cms.demo lets anybody in: it runs in cms.settings.demo only.")


@register
def check_demo(app_configs: Sequence[AppConfig] | None, **_kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """Refuse the demonstration site outside of its own settings."""
    if demo_is_misplaced():
        return [Error("cms.demo is installed outside of cms.settings.demo.", id="khidi.E001")]
    return []


@register
def check_rooms(app_configs: Sequence[AppConfig] | None, **_kwargs: object) -> list[CheckMessage]:
    """Check labels of apps, parents of pages and stream fields of our own rooms."""
    rooms = [config for config in app_configs or apps.get_app_configs() if is_own(config)]
    return [message for room in rooms for message in _faults(room)]


def is_own(config: AppConfig) -> bool:
    """Tell whether an app is one of ours."""
    return config.name.split(".")[0] in OWN


def _faults(room: AppConfig) -> Iterator[CheckMessage]:
    if room.label not in OWN and not room.label.startswith("cms_"):
        hint = 'A plain label can collide with another app: label = "cms_…".'
        yield Error(f"The label of {room.name} has no prefix.", hint=hint, obj=room, id="khidi.E002")
    for model in room.get_models():
        yield from _faults_of_model(model)


def _faults_of_model(model: type[Model]) -> Iterator[CheckMessage]:
    if issubclass(model, Page) and not any(
        "parent_page_types" in vars(base) for base in model.__mro__ if base.__module__.split(".")[0] in OWN
    ):
        hint = "Without it editors can put the page anywhere."
        yield Error(f"{model.__name__} has no parent_page_types.", hint=hint, obj=model, id="khidi.E003")
    for field in model._meta.local_fields:
        if isinstance(field, StreamField) and not isinstance(field, LeanStreamField):
            hint = "A plain StreamField writes every label into each migration: LeanStreamField."
            yield Error(f"{field.name} is no LeanStreamField.", hint=hint, obj=field, id="khidi.E004")
