import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.db.models import URLField
from django.template import Context, Template
from django.utils import text as django_text
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from cms.core.text.case import capfirst, upper
from cms.core.text.device import device_of
from cms.core.text.script import fold, script_of
from cms.core.text.slug import file_name, slug

MTAVRULI = re.compile("[\u1c90-\u1cbf]")
GEORGIAN = "".join(map(chr, range(0x10D0, 0x10FF)))


# --- Case --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello world", "Hello world"),
        ("ხიდი", "ხიდი"),
        ("éa", "Éa"),
        ("ǆep", "ǅep"),
        ("مرحبا", "مرحبا"),
        ("1st", "1st"),
        ("", ""),
        (0, "0"),
        (None, ""),
    ],
)
def test_capfirst_knows_scripts_without_capitals(text, expected):
    assert capfirst(text) == expected


def test_capfirst_keeps_lazy_texts_lazy():
    lazy = capfirst(gettext_lazy("page"))

    assert isinstance(lazy, Promise)
    with translation.override("ka"):
        assert not MTAVRULI.search(str(lazy))


@given(st.text())
def test_capfirst_never_makes_mtavruli(text):
    assert len(MTAVRULI.findall(capfirst(text))) <= len(MTAVRULI.findall(text))


def test_upper_leaves_georgian_alone():
    assert upper(f"{GEORGIAN} ka é") == f"{GEORGIAN} KA É"
    assert MTAVRULI.search(GEORGIAN.upper()), "Python has changed: the whole module may go"


def test_djangos_own_function_and_filters_are_replaced():
    assert django_text.capfirst("ხიდი") == "ხიდი"
    template = Template(
        "{{ name|capfirst }} {{ name|upper }} {{ code|upper }} {{ name|title }} {{ sign|upper }}"
    )
    shown = template.render(Context({"name": "ხიდი", "code": "ka", "sign": "<"}))
    assert shown == "ხიდი ხიდი KA ხიდი &lt;"


def test_no_module_kept_the_old_function():
    keepers = [
        name
        for name, module in list(sys.modules.items())
        if getattr(getattr(module, "__dict__", {}).get("capfirst"), "__module__", None) == "django.utils.text"
    ]
    assert keepers == []


def formfield(field):
    """Return the form field; of an address with the scheme that Django asks for from version 6 on."""
    return field.formfield(**({"assume_scheme": "https"} if isinstance(field, URLField) else {}))


def test_labels_of_every_model_in_georgian():
    with translation.override("ka"):
        shown = [
            str(label)
            for model in apps.get_models()
            for label in (
                django_text.capfirst(model._meta.verbose_name),
                django_text.capfirst(model._meta.verbose_name_plural),
                *(django_text.capfirst(field.verbose_name) for field in model._meta.fields),
                *(
                    form_field.label or ""
                    for form_field in (formfield(field) for field in model._meta.fields)
                    if form_field
                ),
            )
        ]
    assert any("\u10d0" <= letter <= "\u10ff" for label in shown for letter in label)
    assert [label for label in shown if MTAVRULI.search(label)] == []


@pytest.mark.parametrize(
    "first", ["django.db.models", "wagtail.admin.panels.base", "django.template.defaultfilters"]
)
def test_it_does_not_matter_what_was_imported_first(first):
    """A module that took the function by name before us gets ours all the same."""
    check = (
        "import importlib, sys; from django.conf import settings;"
        "import django.utils.text as t; import django.db.models.fields as f;"
        "import cms; assert f.capfirst('ხ') == 'ხ' == t.capfirst('ხ')"
    )
    if not first.startswith("wagtail"):
        check = f"import {first};{check}"
    subprocess.run([sys.executable, "-c", check], check=True)


# --- Slugs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ახალი ამბები", "akhali-ambebi"),
        ("Über uns", "uber-uns"),
        ("مرحبا بكم", "mrhb-bkm"),
        ("Ласкаво просимо", "laskavo-prosimo"),
        ("!!!", ""),
        ("a\0b", "ab"),
    ],
)
def test_slug(text, expected):
    assert slug(text) == expected


def test_a_long_slug_is_cut_between_words():
    assert slug("one two three", limit=9) == "one-two"
    assert slug("one two three", limit=7) == "one-two"
    assert slug("x" * 100, limit=10) == "x" * 10


@given(st.text(), st.integers(1, 100))
def test_a_slug_is_ascii_and_short_enough(text, limit):
    assert re.fullmatch(rf"[a-z0-9_-]{{0,{limit}}}", slug(text, limit=limit))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("განაცხადი.PDF", "ganatskhadi.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\Nino\cv.docx", "cv.docx"),
        ("!!!.jpg", "file.jpg"),
        ("", "file"),
        ("a.tar.gz", "atar.gz"),
    ],
)
def test_file_name(name, expected):
    assert file_name(name) == expected


# --- Scripts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ხიდი Khidi 1", "LATIN"), ("ხიდები Khidi", "GEORGIAN"), ("مرحبا", "ARABIC"), ("123 !", ""), ("", "")],
)
def test_script_of(text, expected):
    assert script_of(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ᲮᲘᲓᲘ", "ხიდი"),
        ("Ærø  Łódź", "æro lodz"),
        ("Straße", "STRASSE"),
        ("مُحَمَّد", "محمد"),
        ("کیف", "كيف"),
        ("ـــسلام", "سلام"),
        ("١٢٣", "123"),
        ("ﬁne", "fine"),
    ],
)
def test_fold_makes_equal_what_people_take_for_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("май", "маи"), ("हिन्दी", "हनद"), ("კ", "ქ")])
def test_fold_keeps_apart_what_people_keep_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


# --- Devices -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (
            "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/90.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox · Linux"),
        ("curl/8.0", "curl/8.0"),
        ("x" * 300, "x" * 60),
        ("", ""),
    ],
)
def test_a_device_is_named_as_people_know_it(agent, expected):
    assert device_of(agent) == expected
