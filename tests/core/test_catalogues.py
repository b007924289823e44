"""Translations without gettext programs."""

import gettext
import os

import pytest
from django.utils import translation
from django.utils.translation import override
from django.utils.translation.reloader import translation_file_changed

from cms.core.catalogues import compile_catalogues, sources

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n!=1);\\n"

msgid "Bridge"
msgstr "ხიდი"

#, fuzzy
msgid "River"
msgstr "ზღვა"

msgctxt "verb"
msgid "Open"
msgstr "გახსენით"

msgid "%(n)d seat"
msgid_plural "%(n)d seats"
msgstr[0] "ერთი ადგილი"
msgstr[1] "%(n)d ადგილი"
"""


@pytest.fixture
def source(tmp_path, settings, monkeypatch):
    path = tmp_path / "ka" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    settings.BASE_DIR = tmp_path  # None of our own rooms takes part.
    return path


def test_a_catalogue_is_compiled_as_gettext_reads_it(source):
    assert compile_catalogues() == [source.with_suffix(".mo")]
    with source.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Bridge") == "ხიდი"
    assert compiled.gettext("River") == "River"  # Fuzzy: nobody has confirmed it.
    assert compiled.pgettext("verb", "Open") == "გახსენით"
    assert compiled.ngettext("%(n)d seat", "%(n)d seats", 5) == "%(n)d ადგილი"


def test_this_process_speaks_as_the_new_catalogue_says(source):
    with override("ka"):
        assert translation.gettext("Bridge") == "Bridge"
    compile_catalogues()
    with override("ka"):
        assert translation.gettext("Bridge") == "ხიდი"
    source.with_suffix(".mo").unlink()
    translation_file_changed(sender=None, file_path=source.with_suffix(".mo"))


def test_only_what_changed_is_compiled_also_back_to_an_older_file(source):
    compile_catalogues()
    assert compile_catalogues() == []
    os.utime(source, (1, 1))
    assert compile_catalogues() == [source.with_suffix(".mo")]
    assert compile_catalogues() == []
    assert [path.name for path in source.parent.iterdir() if path != source] == ["django.mo"]


def test_the_catalogues_of_the_repository_are_found(settings):
    assert {path.suffix for path in sources()} <= {".po"}
    assert all(path.is_relative_to(settings.BASE_DIR) for path in sources())
