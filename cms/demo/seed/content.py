"""The texts of the demonstration: read, merged with the structure, and checked without mercy.

The structure (what there is, dates, codes, references) stands once, in `pages.toml`,
`snippets.toml` and `forms/<code>.toml`; each language has its words in `<language>/pages/<slug>.toml`,
`<language>/snippets.toml` and `<language>/forms/<code>.toml`. Calls and events have no words:
`calls.toml`, `events.toml`.
Both are merged field by field, lists by position. Every mistake is
named with its file and key, all of them at once.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from wagtail_localize.strings import extract_strings

CONTENT = Path(__file__).parents[1] / "content"

USUAL = ("ka", "it", "de", "en")
"""Languages of whatever does not say otherwise."""

SNIPPETS = (
    *("topic", "audience", "place", "person", "organisation", "contact", "hours", "notice"),
    *("venue", "series"),
)
KINDS = (*SNIPPETS, "definition")
"""What is no page; definitions, the words of forms, have files of their own."""

ABOUT_PAGES = {"slug", "type", "parent", "menu", "languages"}
ABOUT_SNIPPETS = {"languages"}
ABOUT_FORMS = {"languages", "form"}

Values = dict[str, Any]


def page_key(slug: str) -> UUID:
    """Return what the translations of a page have in common."""
    return _key(f"page.{slug}")


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/{name}")


class ContentError(Exception):
    """Something is wrong with the texts; `problems` has a line for each mistake: file, key, what."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(slots=True)
class Item:
    """A page or snippet: what is the same in every language, and its words in each."""

    kind: str
    code: str
    parent: str = ""
    menu: bool = False
    languages: tuple[str, ...] = USUAL
    about: Values = field(default_factory=dict)
    """What is known of it beyond its rows: whose form it is."""
    structure: Values = field(default_factory=dict)
    texts: dict[str, Values] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return a name that nothing else in the demonstration has."""
        return f"{'page' if self.is_page else self.kind}.{self.code}"

    @property
    def translation_key(self) -> UUID:
        """Return what its rows in all languages have in common, whenever they are seeded."""
        return _key(self.key)

    @property
    def is_page(self) -> bool:
        """Tell whether it is a page; else it is a snippet."""
        return self.kind not in KINDS

    def values(self, language: str) -> Values:
        """Return structure and words of a language, merged."""
        return merge(self.structure, self.texts[language])

    def place(self, language: str = "", path: str = "") -> str:
        """Return file and key of a value, for messages."""
        alone = self._folder and (language or self.kind == "definition")
        name = f"{self._folder}/{self.code}.toml" if alone else self._table
        file = f"{language}/{name}" if language else name
        start = "" if alone else self.key.removeprefix("page.")
        return ": ".join(filter(None, (file, ".".join(filter(None, (start, path))))))

    @property
    def _folder(self) -> str:
        """Return the folder in which each has a file of its own."""
        return "pages" if self.is_page else {"definition": "forms"}.get(self.kind, "")

    @property
    def _table(self) -> str:
        return "pages.toml" if self.is_page else "snippets.toml"


@dataclass(slots=True)
class Content:
    """Everything there is to seed, in order: parents before children."""

    pages: list[Item] = field(default_factory=list)
    snippets: list[Item] = field(default_factory=list)
    forms: list[Item] = field(default_factory=list)
    calls: list[Values] = field(default_factory=list)
    events: list[Values] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        """Return snippets, forms and pages."""
        return [*self.snippets, *self.forms, *self.pages]

    def page(self, slug: str) -> Item:
        """Return a page."""
        return next(page for page in self.pages if page.code == slug)


def load(folder: Path = CONTENT) -> Content:
    """Return the content of a folder.

    Raises:
        ContentError: with every mistake that can be seen without knowing the models.

    """
    content = read(folder)
    if not content.problems:
        for item in content.items:
            content.problems += compared(item)
    if content.problems:
        raise ContentError(content.problems)
    return content


# --- Reading ----------------------------------------------------------------------------------


def read(folder: Path) -> Content:
    """Return structure and words as they stand in the files, and what is missing there."""
    content = Content()
    problems = content.problems
    rows = _toml(folder, "pages.toml", problems).get("page", [])
    content.pages = [page for row in rows if (page := _page(row, problems))]
    for kind, rows in _toml(folder, "snippets.toml", problems).items():
        if kind not in SNIPPETS:
            problems.append(f"snippets.toml: {kind}: unknown kind of snippet")
            continue
        content.snippets += [_snippet(kind, code, row) for code, row in rows.items()]
    paths = sorted((folder / "forms").glob("*.toml"))
    content.forms = [_form(path.stem, _toml(folder, f"forms/{path.name}", problems)) for path in paths]
    content.calls = _toml(folder, "calls.toml", problems).get("call", [])
    content.events = _toml(folder, "events.toml", problems).get("event", [])
    problems += _disorder(content)
    for language in dict(settings.LANGUAGES):
        _read_words(folder, language, content)
    for item in content.items:
        problems += [f"{item.place(code)}: missing" for code in item.languages if code not in item.texts]
    return content


def _toml(folder: Path, name: str, problems: list[str]) -> Values:
    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(f"{name}: missing")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{name}: {error}")
    return {}


def _page(row: Values, problems: list[str]) -> Item | None:
    missing = {"slug", "type"} - set(row)
    if missing:
        problems.append(f"pages.toml: {row.get('slug', 'a page')}: without {', '.join(sorted(missing))}")
        return None
    return Item(
        kind=row["type"],
        code=row["slug"],
        parent=row.get("parent", ""),
        menu=row.get("menu", False),
        languages=tuple(row.get("languages", USUAL)),
        structure={name: value for name, value in row.items() if name not in ABOUT_PAGES},
    )


def _snippet(kind: str, code: str, row: Values) -> Item:
    structure = {name: value for name, value in row.items() if name not in ABOUT_SNIPPETS}
    return Item(kind=kind, code=code, languages=tuple(row.get("languages", USUAL)), structure=structure)


def _form(code: str, row: Values) -> Item:
    structure = {name: value for name, value in row.items() if name not in ABOUT_FORMS} | {"form": code}
    return Item(
        kind="definition",
        code=code,
        languages=tuple(row.get("languages", USUAL)),
        about=row.get("form", {}),
        structure=structure,
    )


def _disorder(content: Content) -> Iterator[str]:
    """Yield pages without parent, items named twice, and languages that nobody has."""
    seen: dict[str, Item] = {}
    for item in content.items:
        if item.key in seen:
            yield f"{item.place()}: named twice"
        if unknown := set(item.languages) - set(dict(settings.LANGUAGES)):
            yield f"{item.place(path='languages')}: unknown {', '.join(sorted(unknown))}"
        if settings.LANGUAGE_CODE not in item.languages:
            yield f"{item.place(path='languages')}: without {settings.LANGUAGE_CODE}, the source"
        parent = seen.get(f"page.{item.parent}")
        if item.parent and parent is None:
            yield f"{item.place(path='parent')}: no page {item.parent} before this one"
        elif parent and (orphaned := set(item.languages) - set(parent.languages)):
            missing = ", ".join(sorted(orphaned))
            yield f"{item.place(path='languages')}: {item.parent} is not there in {missing}"
        seen[item.key] = item


def _read_words(folder: Path, language: str, content: Content) -> None:
    """Give each item its words in a language; say which words belong to nothing."""
    problems = content.problems
    names = {"pages": "pages.toml", "forms": "forms/*.toml"}
    for kind, items in (("pages", content.pages), ("forms", content.forms)):
        known = {item.code: item for item in items}
        for path in sorted((folder / language / kind).glob("*")):
            name = f"{language}/{kind}/{path.name}"
            item = known.get(path.stem) if path.suffix == ".toml" else None
            if item is None or language not in item.languages:
                problems.append(f"{name}: {names[kind]} names no such thing in this language")
                continue
            item.texts[language] = _toml(folder, name, problems)
    snippets = {(item.kind, item.code): item for item in content.snippets}
    for kind, rows in _toml(folder, f"{language}/snippets.toml", problems).items():
        for code, words in rows.items() if isinstance(rows, dict) else ():
            snippet = snippets.get((kind, code))
            if snippet is None or language not in snippet.languages:
                where = f"{language}/snippets.toml: {kind}.{code}"
                problems.append(f"{where}: snippets.toml names no such snippet in this language")
                continue
            snippet.texts[language] = words


# --- Merging and comparing --------------------------------------------------------------------


class MisfitError(ValueError):
    """Structure and words do not fit together: where, and why."""

    def __init__(self, what: str, path: str = "") -> None:
        super().__init__(what)
        self.what, self.path = what, path


def merge(structure: Any, words: Any) -> Any:
    """Return both as one: tables key by key, lists by position.

    Raises:
        MisfitError: both say something about the same, or their lists have other lengths.

    """
    if isinstance(structure, dict) and isinstance(words, dict):
        both = {name: _merged(name, structure[name], words[name]) for name in structure.keys() & words.keys()}
        return structure | words | both
    if isinstance(structure, list) and isinstance(words, list):
        if len(structure) != len(words):
            raise MisfitError(f"{len(words)} entries, but {len(structure)} in the structure")
        pairs = zip(structure, words, strict=True)
        return [_merged(str(place), *pair) for place, pair in enumerate(pairs)]
    raise MisfitError("stands in the structure, too")


def _merged(name: str, structure: Any, words: Any) -> Any:
    try:
        return merge(structure, words)
    except MisfitError as misfit:
        raise MisfitError(misfit.what, f"{name}.{misfit.path}".rstrip(".")) from None


def compared(item: Item) -> Iterator[str]:
    """Yield where structure and words contradict each other, and where a language differs from the source."""
    source = item.texts[settings.LANGUAGE_CODE]
    for language, words in item.texts.items():
        try:
            item.values(language)
        except MisfitError as misfit:
            yield f"{item.place(language, misfit.path)}: {misfit.what}"
        for path, what in differences(source, words):
            yield f"{item.place(language, path)}: {what}"


def differences(source: Any, words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (key, what) for all that is built otherwise in two languages: keys, lists, paragraphs, links."""
    if isinstance(source, dict) and isinstance(words, dict):
        for name in [*source, *(name for name in words if name not in source)]:
            below = f"{path}.{name}".strip(".")
            if name not in words:
                yield below, "missing"
            elif name not in source:
                yield below, f"not there in {settings.LANGUAGE_CODE}"
            else:
                yield from differences(source[name], words[name], below)
    elif isinstance(source, list) and isinstance(words, list):
        if len(source) != len(words):
            yield path, f"{len(words)} entries, {len(source)} in {settings.LANGUAGE_CODE}"
        for place, pair in enumerate(zip(source, words, strict=False)):
            yield from differences(*pair, f"{path}.{place}".strip("."))
    elif isinstance(source, str) and isinstance(words, str):
        yield from ((path, what) for what in _text_differences(source, words))
    elif type(source) is not type(words) or source != words:
        yield path, f"{words!r}, but {source!r} in {settings.LANGUAGE_CODE}"


def _text_differences(source: str, words: str) -> Iterator[str]:
    if bool(source) != bool(words):
        yield "empty in one language only"
    if "<" not in source and "<" not in words:
        return
    (form, texts), (own_form, own_texts) = extract_strings(source), extract_strings(words)
    if form != own_form:
        yield f"built as {own_form}, in {settings.LANGUAGE_CODE} as {form}"
    elif [attributes for _text, attributes in texts] != [attributes for _text, attributes in own_texts]:
        yield f"other links than in {settings.LANGUAGE_CODE}, or in another order"
