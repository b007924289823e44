"""Languages: their own names, their direction, and those that Django does not know."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

UNKNOWN_TO_DJANGO = {
    "am": {"bidi": False, "code": "am", "name": "Amharic", "name_local": "አማርኛ"},
    "prs": {"bidi": True, "code": "prs", "name": "Dari", "name_local": "دری"},
    "so": {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"},
    "ti": {"bidi": False, "code": "ti", "name": "Tigrinya", "name_local": "ትግርኛ"},
}


def install() -> None:
    """Teach Django the languages it does not know; what it knows stays as it is."""
    for code, info in UNKNOWN_TO_DJANGO.items():
        LANG_INFO.setdefault(code, info)


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
