"""The editor's moment: a sentence that the office has changed, and that one language still tells as it was.

`rewording.toml` names the page, and in the language of the source and in those that lag behind the
sentence of yesterday and that of today. The texts themselves are always those of today.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail_localize.models import TranslationSource

from cms.demo.seed.blocks import Builder
from cms.demo.seed.content import Content, ContentError, Item
from cms.demo.seed.pages import Tree
from cms.demo.seed.translations import translate
from cms.pages.domain.refresh_source import refresh_source

FILE = "rewording.toml"


@dataclass(frozen=True, slots=True)
class Change:
    """The words of yesterday and of today, by language; the source is among the languages."""

    page: str
    earlier: dict[str, str]
    later: dict[str, str]

    def before(self, item: Item) -> Item:
        """Return an item as it was yesterday."""
        if not item.is_page or item.code != self.page:
            return item
        texts = dict(item.texts)
        for language, today in self.later.items():
            texts[language] = _replaced(texts[language], today, self.earlier[language])
        return replace(item, texts=texts)


def read_change(folder: Path, content: Content) -> Change:
    """Return what was changed.

    Raises:
        ContentError: the sentences are not those of the page.

    """
    try:
        rows = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        change = Change(page=rows["page"], earlier=rows["earlier"], later=rows["later"])
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise ContentError([f"{FILE}: {type(error).__name__}: {error}"]) from error
    if problems := list(_problems(change, content)):
        raise ContentError(problems)
    return change


def reword(*, item: Item, change: Change, tree: Tree) -> None:
    """Publish the sentence of today, as an editor does, and let all but those behind follow."""
    page = tree.made[item.code, settings.LANGUAGE_CODE]
    builder = Builder(item.key, settings.LANGUAGE_CODE, tree.stored)
    for name, raw in builder.streams(type(page), item.values(settings.LANGUAGE_CODE)).items():
        setattr(page, name, type(page)._meta.get_field(name).to_python(raw))
    page.save_revision(user=tree.editor).publish(user=tree.editor)
    source = TranslationSource.objects.get(object_id=page.translation_key, locale=page.locale)
    refresh_source(source_id=source.pk)
    made = {code: tree.made.get((item.code, code)) for code in item.languages if code not in change.later}
    translate(page, {code: translation for code, translation in made.items() if translation})


def _problems(change: Change, content: Content) -> Iterator[str]:
    item = next((page for page in content.pages if page.code == change.page), None)
    if item is None:
        yield f"{FILE}: page: no page {change.page}"
        return
    if settings.LANGUAGE_CODE not in change.later or set(change.later) != set(change.earlier):
        yield f"{FILE}: earlier and later must have the same languages, {settings.LANGUAGE_CODE} among them"
        return
    for language, today in change.later.items():
        found = sum(text.count(today) for text in _strings(item.texts.get(language, {})))
        if found != 1:
            yield f"{FILE}: later.{language}: stands {found} times in {item.place(language)}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, dict):
        return {name: _replaced(part, old, new) for name, part in value.items()}
    return [_replaced(part, old, new) for part in value] if isinstance(value, list) else value
