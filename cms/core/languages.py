"""Languages: their own names, their direction, and those that Django does not know."""

from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import DjangoTranslation

from cms.core.text.script import fold

UNKNOWN_TO_DJANGO = {
    "am": {"bidi": False, "code": "am", "name": "Amharic", "name_local": "አማርኛ"},
    "prs": {"bidi": True, "code": "prs", "name": "Dari", "name_local": "دری"},
    "so": {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"},
    "ti": {"bidi": False, "code": "ti", "name": "Tigrinya", "name_local": "ትግርኛ"},
}


NAMED_HERE = {
    "am": _("Amharic"),
    "ckb": _("Kurdish (Sorani)"),
    "ku": _("Kurdish"),
    "prs": _("Dari"),
    "so": _("Somali"),
    "ti": _("Tigrinya"),
}
"""Names in the reader's language where Django's catalogues have none."""

OFTEN_SPOKEN = ("az", "ckb", "es", "fa", "fr", "hi", "hy", "ku", "ru", "tr", "uk", "ur")
"""Languages that newcomers often speak, beside those of the site and those unknown to Django."""


WRITTEN_APART = frozenset({"zh-hans", "zh-hant"})
"""Codes with a second part that are no matter of region: people read one and not the other."""


def install() -> None:
    """Teach Django the languages it does not know, and to leave what nobody has translated in English.

    What a package lacks in Italian came in Georgian, the language that addresses begin with, because
    Django falls back to it; English is what texts are written in, and more people read it.
    """
    for code, info in UNKNOWN_TO_DJANGO.items():
        LANG_INFO.setdefault(code, info)
    setattr(DjangoTranslation, "_add_fallback", _no_fallback)  # noqa: B010 - unknown to mypy; no setting says it


def _no_fallback(_translation: DjangoTranslation, _localedirs: Any = None) -> None:
    """Add no catalogue of another language."""


def direction(code: str) -> str:
    """Return "rtl" or "ltr" for a language code, also for one that nobody knows."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def own_name(code: str) -> str:
    """Return the name of a language in that language: the site's own wording, else Django's."""
    names = dict(settings.LANGUAGES)
    if code in names:
        return str(names[code])
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def fallbacks(code: str) -> list[str]:
    """Return the languages to show, best first, where a text in `code` is missing."""
    order = [*settings.FALLBACK_LANGUAGES, settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)]
    return [other for other in dict.fromkeys(order) if other != code]


def address_in(code: str, path: str) -> str:
    """Return `path`, which begins with a language, with another one: "/ka/news/" → "/it/news/"."""
    _language, _, rest = path.removeprefix("/").partition("/")
    return f"/{code}/{rest}"


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language."""
    if code in NAMED_HERE:
        return str(NAMED_HERE[code])
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def language_choices() -> list[tuple[str, str]]:
    """Return the languages that a text, a service or a hub may speak, by name."""
    codes = dict.fromkeys([*dict(settings.LANGUAGES), *OFTEN_SPOKEN, *UNKNOWN_TO_DJANGO])
    return sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1])


def language_choices_of_the_world() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return two lists by name: languages often spoken here, and all others that have a name."""
    often = language_choices()
    known = {code for code, _name in often}
    others = [code for code in LANG_INFO if "-" not in code or code in WRITTEN_APART]
    further = [(code, language_name(code)) for code in others if code not in known]
    return sorted(often, key=_by_name), sorted(further, key=_by_name)


def _by_name(pair: tuple[str, str]) -> str:
    return fold(pair[1])


def reader_language(context: Context) -> str:
    """Return the language of the address: the reader's, even inside a page in another one."""
    request = context.get("request")
    return getattr(request, "LANGUAGE_CODE", "") if isinstance(request, HttpRequest) else get_language() or ""
