"""What must be right before a form goes live, said where it is to be mended."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.languages import language_name
from cms.core.text.listed import listed
from cms.forms.definition.compile import Compiled
from cms.forms.definition.problems import Problem, Where
from cms.forms.definition.reach import never
from cms.forms.enums import Door, Pii, QuestionRole
from cms.forms.models import Form, FormVersion

TEXTS = frozenset({"short_text", "long_text"})

TYPES_OF_ROLES: dict[str, frozenset[str]] = {
    QuestionRole.PERSON_NAME: frozenset({"short_text"}),
    QuestionRole.EMAIL: frozenset({"email"}),
    QuestionRole.PHONE: frozenset({"phone"}),
    QuestionRole.ORGANISATION: frozenset({"organisation", "short_text"}),
    QuestionRole.AMOUNT_REQUESTED: frozenset({"money"}),
    QuestionRole.TITLE: frozenset({"short_text"}),
    QuestionRole.SUMMARY: TEXTS,
    QuestionRole.LANGUAGE: frozenset({"language"}),
    QuestionRole.STARTS: frozenset({"date"}),
    QuestionRole.ENDS: frozenset({"date"}),
    QuestionRole.PLACE: TEXTS | {"single_choice", "country"},
    QuestionRole.ATTENDEES: frozenset({"people"}),
}
"""Which types of question can mean what."""

Item = dict[str, Any]
Found = Iterator[Problem]


def check(body: Compiled, form: Form) -> list[Problem]:
    """Return what is wrong with a form that is about to go live, and what is worth knowing."""
    items = list(_questions(body.structure))
    return [
        *_whole(body),
        *_keys(body, items),
        *_against(form.current.structure if form.current else None, items),
        *_limits(items),
        *_roles(items),
        *_in_clear(items),
        *_doors(form.door, items),
        *body.problems,
        *_unreachable(body),
        *_careless(items),
    ]


def gaps(version: FormVersion) -> list[Problem]:
    """Return what is not translated yet: it keeps nothing back, people read the source instead."""
    source = next(code for code in version.texts if code not in version.missing)
    absent = [language_name(code) for code, _name in settings.LANGUAGES if code not in version.texts]
    found = []
    for code, paths in version.missing.items():
        if paths:
            words = ngettext(
                "%(language)s: %(count)d text is not translated and stands in %(source)s.",
                "%(language)s: %(count)d texts are not translated and stand in %(source)s.",
                len(paths),
            )
            named = {"language": language_name(code), "source": language_name(source)}
            found.append(words % {**named, "count": len(paths)})
    if absent:
        found.append(_("Not there yet in: %(languages)s.") % {"languages": listed(absent)})
    return [Problem(text, warning=True) for text in found]


def needs_account(structure: dict[str, Any]) -> bool:
    """Tell whether a form asks what only people with an account can answer."""
    return any(item["type"] == "organisation" for _where, item in _questions(structure))


def _questions(structure: dict[str, Any]) -> Iterator[tuple[Where, Item]]:
    for place, step in enumerate(structure["steps"]):
        for number, item in enumerate(step["items"]):
            if "key" in item:
                yield ("steps", place, "items", number), item


def _whole(body: Compiled) -> Found:
    if not unescape(strip_tags(body.texts[body.language]["privacy"])).strip():
        yield Problem(_("Say how the data are kept: people read it before they send."), ("privacy",))
    if not body.structure["steps"]:
        yield Problem(_("A form has at least one step."), ("steps",))
    for place, step in enumerate(body.structure["steps"]):
        if not step["items"]:
            yield Problem(_("This step is empty: put a question or an information here."), ("steps", place))


def _keys(body: Compiled, items: list[tuple[Where, Item]]) -> Found:
    steps: list[tuple[Where, Item]] = [
        (("steps", place), step) for place, step in enumerate(body.structure["steps"])
    ]
    for named in (steps, items):
        for where, thing in _repeated(named, "key"):
            words = _("“%(key)s” is used twice: a key stands for one thing.")
            yield Problem(words % {"key": thing["key"]}, (*where, "key"))
        for where, thing in named:
            if not thing["key"]:
                yield Problem(_("A key is missing."), (*where, "key"))
    for where, item in _repeated([pair for pair in items if pair[1]["export"]], "export"):
        words = _("Two columns would be called “%(name)s”.")
        yield Problem(words % {"name": item["export"]}, (*where, "care", "export"))
    for where, item in items:
        codes = item.get("choices", [])
        for place, code in enumerate(codes):
            if code in codes[:place]:
                words = _("“%(code)s” stands for two answers.")
                yield Problem(words % {"code": code}, (*where, "choices", place, "code"))


def _repeated(named: list[tuple[Where, Item]], name: str) -> Iterator[tuple[Where, Item]]:
    """Yield the second and every later one of the same name."""
    seen = set()
    for where, thing in named:
        if thing[name] and thing[name] in seen:
            yield where, thing
        seen.add(thing[name])


def _against(current: dict[str, Any] | None, items: list[tuple[Where, Item]]) -> Found:
    """Compare with the version in use: answers are found by key, translations by block."""
    if current is None:
        return
    before = [item for _where, item in _questions(current)]
    types = {item["key"]: item["type"] for item in before}
    keys = {item["path"]: item["key"] for item in before}
    for where, item in items:
        key = item["key"]
        if types.get(key, item["type"]) != item["type"]:
            words = _("“%(key)s” was another type of question until now: give this one a new key.")
            yield Problem(words % {"key": key}, (*where, "key"))
        elif keys.get(item["path"], key) != key:
            words = _("This question was called “%(key)s” until now. Leave that, or add a new question.")
            yield Problem(words % {"key": keys[item["path"]]}, (*where, "key"))


def _limits(items: list[tuple[Where, Item]]) -> Found:
    for where, item in items:
        low, high = item.get("minimum"), item.get("maximum")
        if low and high and Decimal(low) > Decimal(high):
            yield Problem(_("This is less than the least."), (*where, "maximum"))
        if item.get("earliest") and item.get("latest") and item["earliest"] > item["latest"]:
            yield Problem(_("This is before the first day."), (*where, "latest"))


def _roles(items: list[tuple[Where, Item]]) -> Found:
    by_role: dict[str, list[str]] = defaultdict(list)
    for where, item in items:
        role = item["role"]
        if not role:
            continue
        if item["type"] not in TYPES_OF_ROLES[role]:
            words = _("This type of question cannot be “%(role)s”.")
            yield Problem(words % {"role": QuestionRole(role).label}, (*where, "care", "role"))
        if by_role[role]:
            words = _("“%(key)s” has this role already.")
            yield Problem(words % {"key": by_role[role][0]}, (*where, "care", "role"))
        by_role[role].append(item["key"])


def _doors(door: str, items: list[tuple[Where, Item]]) -> Found:
    for where, item in items:
        if item["type"] == "organisation" and door == Door.OPEN:
            yield Problem(
                _("Organisations belong to accounts, and this form is open to everybody. Ask for the name."),
                (*where, "key"),
            )


def _unreachable(body: Compiled) -> Found:
    for where in never(body.structure):
        places = {problem.where[: len(where)] for problem in body.problems}
        if where not in places:
            text = _("No answers make this condition true: nobody would ever see this.")
            yield Problem(text, (*where, "condition"))


def _in_clear(items: list[tuple[Where, Item]]) -> Found:
    """Yield what is of a special category and would not be sealed: files lie as they came, names in lists."""
    special = [(where, item) for where, item in items if item["pii"] == Pii.SPECIAL]
    for where, item in special:
        if item["type"] == "files":
            words = _("Files are not kept sealed: ask for special categories in words, not in files.")
            yield Problem(words, (*where, "care", "pii"))
        elif item["role"] == QuestionRole.ATTENDEES:
            words = _(
                "The names of who comes stand in lists and on paper, so they are not kept sealed: "
                "ask for special categories in a question of their own."
            )
            yield Problem(words, (*where, "care", "pii"))


def _careless(items: list[tuple[Where, Item]]) -> Found:
    for where, item in items:
        personal = item["type"] in {"email", "phone", "people"} or item["role"] == QuestionRole.PERSON_NAME
        if personal and item["pii"] == Pii.NONE:
            words = _("“%(key)s” asks for personal data, and its care says that it does not.")
            yield Problem(words % {"key": item["key"]}, (*where, "care", "pii"), warning=True)
