"""The admin speaks Georgian: what Wagtail, wagtail-localize and Django lack stands in locale/vendor."""

from pathlib import Path

import polib
import pytest
from django.apps import apps

from tests.architecture import catalogues
from tests.architecture.tree import ROOT

ENOUGH = 0.95
DOMAINS = ("django", "djangojs")


def folders():
    """Yield the catalogue folders of the packages whose pages an editor meets."""
    for app in apps.get_app_configs():
        if app.name.startswith(("wagtail", "taggit")):
            yield Path(app.path) / "locale"


def added(domain):
    return polib.pofile(str(ROOT / "locale" / "vendor" / "ka" / "LC_MESSAGES" / f"{domain}.po"))


def translated(folder, domain):
    path = folder / "ka" / "LC_MESSAGES" / f"{domain}.po"
    return (
        {catalogues.key(one) for one in polib.pofile(str(path)) if one.translated()}
        if path.exists()
        else set()
    )


def coverage(domain, ours):
    """Return which texts of the packages there are, and which of them have no Georgian."""
    wanted, known = set(), {catalogues.key(one) for one in ours if one.translated()}
    for folder in folders():
        source = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
        if source.exists():
            wanted |= set(catalogues.live(polib.pofile(str(source))))
            known |= translated(folder, domain)
    return wanted, wanted - known


@pytest.mark.parametrize("domain", DOMAINS)
def test_editors_find_their_language(domain):
    wanted, missing = coverage(domain, added(domain))
    assert len(wanted) > 100
    assert len(missing) <= (1 - ENOUGH) * len(wanted), sorted(text for _, text, _ in missing)


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_added_keeps_variables_and_has_no_capitals(domain):
    ours = added(domain)
    assert not ours.untranslated_entries()
    assert not ours.fuzzy_entries()
    assert catalogues.wrong_placeholders(ours) == []
    assert catalogues.with_capitals(ours) == []


def test_without_it_most_would_be_missing():
    """The control: the packages' own Georgian is far from enough."""
    wanted, missing = coverage("django", polib.POFile())
    assert len(missing) > len(wanted) / 2
