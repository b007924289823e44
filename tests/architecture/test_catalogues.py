"""Every text is translated, with its variables, and catalogues follow the sources."""

import polib
import pytest

from tests.architecture import catalogues
from tests.architecture.catalogues import catalogue, live, sources, unfinished
from tests.architecture.tree import ROOT, all_files, at

COMPLETE = ("ka", "it", "de")
ALL = (*COMPLETE, "ar")


def test_texts_are_found_in_the_sources():
    found = live(sources())
    assert len(found) > 100
    assert any(catalogues.public(entry) for entry in found.values())
    assert not all(catalogues.public(entry) for entry in found.values())


@pytest.mark.parametrize("language", COMPLETE)
def test_the_catalogue_is_complete(language):
    assert unfinished(catalogue(language), live(sources())) == []


@pytest.mark.parametrize("language", ["ar"])
def test_the_catalogue_is_complete_for_visitors(language):
    wanted = [identity for identity, entry in live(sources()).items() if catalogues.public(entry)]
    assert unfinished(catalogue(language), wanted) == []


@pytest.mark.parametrize("language", ALL)
def test_the_catalogue_holds_nothing_the_sources_lost(language):
    assert sorted(live(catalogue(language)).keys() - live(sources()).keys()) == []


@pytest.mark.parametrize("language", ALL)
def test_the_catalogue_keeps_variables(language):
    assert catalogues.wrong_placeholders(catalogue(language)) == []


@pytest.mark.parametrize("language", ALL)
def test_the_catalogue_has_the_plural_forms_of_the_language(language):
    forms = {"ka": 2, "it": 2, "de": 2, "ar": 6}[language]
    plurals = [entry for entry in live(catalogue(language)).values() if entry.msgid_plural]
    short = [entry.msgid for entry in plurals if len(catalogues.translations(entry)) not in {0, forms}]
    assert short == []


def test_no_georgian_capitals_anywhere():
    shown = [path for top in ("cms", "search", "locale", "docs") for path in all_files(ROOT / top)]
    about = ROOT / "cms" / "core" / "text"
    found = [at(path) for path in shown if catalogues.MTAVRULI.search(path.read_text(errors="replace"))]
    assert [name for name in found if not (ROOT / name).is_relative_to(about)] == []


@pytest.fixture
def spoiled():
    entries = polib.POFile()
    entries.append(polib.POEntry(msgid="Send", msgstr="გაგზავნა"))
    entries.append(polib.POEntry(msgid="Hello %(name)s", msgstr="გამარჯობა"))
    entries.append(polib.POEntry(msgid="Save", msgstr="\u1ca8\u1c94"))
    entries.append(polib.POEntry(msgid="Draft", msgstr="?", flags=["fuzzy"]))
    entries.append(polib.POEntry(msgid="Empty", msgstr=""))
    entries.append(
        polib.POEntry(
            msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "ერთი დღე", 1: "%(n)s დღე %(m)s"}
        )
    )
    return entries


def test_gaps_are_found(spoiled):
    wanted = [*live(spoiled), ("", "Missing", "")]
    assert unfinished(spoiled, wanted) == ["Draft", "Empty", "Missing"]


def test_lost_variables_are_found(spoiled):
    assert catalogues.wrong_placeholders(spoiled) == ["Hello %(name)s", "%(n)s day"]


def test_georgian_capitals_are_found(spoiled):
    assert catalogues.with_capitals(spoiled) == ["Save"]
