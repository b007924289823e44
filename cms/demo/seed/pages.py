"""Pages of the invented host, each language written for itself under cms/demo/content."""

import tomllib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.pages.models import HomePage

CONTENT = Path(__file__).parents[1] / "content"

DOORS = {"tour": ("ხ", "demo/"), "sign_in": ("ჩ", "account/login/"), "try_as": ("რ", "demo/try-as/")}
"""Name of a door in the texts → its letter, and where it leads."""


def seed_pages() -> None:
    """Make the home pages that are missing and let the site start with the first language's."""
    homes: dict[str, HomePage] = {}
    for code in sorted(dict(settings.LANGUAGES), key=lambda code: code != settings.LANGUAGE_CODE):
        locale, _created = Locale.objects.get_or_create(language_code=code)
        source = homes.get(settings.LANGUAGE_CODE)
        homes[code] = HomePage.objects.filter(locale=locale).first() or add_home(locale, source)
    site = Site.objects.get(is_default_site=True)
    first = homes[settings.LANGUAGE_CODE]
    if site.root_page_id != first.pk:
        welcome, site.root_page = site.root_page, first
        site.site_name = "Zelvara"
        site.save()
        if welcome.specific_class is Page:  # Wagtail's own greeting.
            Page.objects.get(pk=welcome.pk).delete()


def add_home(locale: Locale, source: HomePage | None) -> HomePage:
    """Publish the home page of a language; as a translation of `source` if there is one."""
    texts = tomllib.loads((CONTENT / locale.language_code / "home.toml").read_text(encoding="utf-8"))
    home = HomePage(
        title=texts["title"],
        slug=locale.language_code,
        lead=texts["lead"],
        doors=doors(texts["doors"]),
        locale=locale,
    )
    if source:
        home.translation_key = source.translation_key
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    return home


def doors(texts: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Return the doors as a StreamField keeps them; a block has the same id in every language."""
    return [
        {
            "type": "door",
            "id": str(uuid5(NAMESPACE_URL, f"demo/doors/{name}")),
            "value": {"letter": letter, "page": None, "path": path, **texts[name]},
        }
        for name, (letter, path) in DOORS.items()
    ]
