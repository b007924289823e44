"""The pages of the invented host: one tree a language, all of them published translations."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, PageLogEntry, Revision, Site

from cms.accounts.models import User
from cms.core import clock
from cms.demo.people import BY_CODE
from cms.demo.seed.blocks import Builder
from cms.demo.seed.check import model_of
from cms.demo.seed.content import Item
from cms.demo.seed.references import Stored
from cms.demo.seed.translations import Ledger
from cms.pages.models import HomePage

HOST = "Zelvara"


class Tree:
    """What is there of the pages, and what has to be made."""

    def __init__(self, items: list[Item], stored: Stored) -> None:
        self.items, self.stored = items, stored
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.editor = User.objects.filter(email=BY_CODE["editor"].email).first()
        self.moment = clock.now()
        self.there: dict[tuple[str, str], Any] = {}
        self.made: dict[tuple[str, str], Any] = {}
        self._find()

    def _find(self) -> None:
        """Look up the pages that are there already, wherever somebody has moved them."""
        codes = {item.translation_key: item.code for item in self.items}
        found = Page.objects.filter(translation_key__in=codes).select_related("locale")
        for page in found:
            self._place(codes[page.translation_key], page.locale.language_code, page)

    def _place(self, code: str, language: str, page: Any) -> None:
        self.there[code, language] = page
        if language == settings.LANGUAGE_CODE:
            self.stored.keep(page.pk, "page", code)

    def grow(self) -> None:
        """Add the pages that are missing, without their blocks, which may name pages further down."""
        root = Page.get_first_root_node()
        for item in self.items:
            for language in item.languages:
                if (item.code, language) in self.there:
                    continue
                parent = self.there.get((item.parent, language)) if item.parent else root
                if parent is None or self._taken(parent, item, language):
                    continue
                page = self._add(parent, item, language)
                self._place(item.code, language, page)
                self.made[item.code, language] = page

    def _add(self, parent: Any, item: Item, language: str) -> Any:
        """Add a page to the tree; its lists of topics and the like need its key."""
        model = model_of(item)
        attributes = Builder(item.key, language, self.stored).fields(model, item.values(language))
        lists = {column.name: attributes.pop(column.name, []) for column in model._meta.many_to_many}
        page = self._page(item, language, attributes)
        parent.add_child(instance=page)
        for name, keys in lists.items():
            column: Any = model._meta.get_field(name)
            setattr(page, name, column.related_model.objects.filter(pk__in=keys) if keys else [])
            getattr(page, name).commit()
        return page

    def _taken(self, parent: Any, item: Item, language: str) -> bool:
        """Tell whether a visitor has made a page with this address; it then takes the place of ours."""
        twin = parent.get_children().filter(slug=slug_of(item, language)).first()
        if twin is not None:
            self._place(item.code, language, twin)
        return twin is not None

    def _page(self, item: Item, language: str, attributes: dict[str, Any]) -> Any:
        """Return a page that is not saved yet."""
        model = model_of(item)
        return model(
            slug=slug_of(item, language),
            locale=self.locales[language],
            translation_key=item.translation_key,
            show_in_menus=item.menu,
            owner=self.editor,
            first_published_at=self.moment,
            last_published_at=self.moment,
            **attributes,
        )

    def fill(self) -> None:
        """Give the new pages their blocks, and a first revision each."""
        for item in self.items:
            for language in item.languages:
                if page := self.made.get((item.code, language)):
                    builder = Builder(item.key, language, self.stored)
                    streams = builder.streams(type(page), item.values(language))
                    for name, raw in streams.items():
                        setattr(page, name, type(page)._meta.get_field(name).to_python(raw))
                    if streams:
                        values = {name: getattr(page, name) for name in streams}
                        type(page).objects.filter(pk=page.pk).update(**values)
        self._remember()

    def _remember(self) -> None:
        """Write the first revision of each new page and what the history shows of it."""
        pages = list(self.made.values())
        page_type = ContentType.objects.get_for_model(Page)
        revisions = [
            Revision(
                content_type=ContentType.objects.get_for_model(type(page)),
                base_content_type=page_type,
                object_id=str(page.pk),
                created_at=self.moment,
                user=self.editor,
                object_str=str(page),
                content=page.serializable_data(),
            )
            for page in pages
        ]
        for page, revision in zip(pages, Revision.objects.bulk_create(revisions), strict=True):
            page.latest_revision, page.live_revision = revision, revision
            page.latest_revision_created_at = self.moment
        rows = [
            Page(
                pk=page.pk,
                latest_revision_id=page.latest_revision_id,
                live_revision_id=page.live_revision_id,
                latest_revision_created_at=self.moment,
            )
            for page in pages
        ]
        Page.objects.bulk_update(rows, ["latest_revision", "live_revision", "latest_revision_created_at"])
        PageLogEntry.objects.bulk_create(
            PageLogEntry(
                content_type=ContentType.objects.get_for_model(type(page)),
                label=page.title,
                action=action,
                timestamp=self.moment,
                user=self.editor,
                revision_id=page.latest_revision_id,
                page=page,
                content_changed=True,
            )
            for page in pages
            for action in ("wagtail.create", "wagtail.publish")
        )

    def record(self, ledger: Ledger) -> None:
        """Note the new pages as translations of the page in the language of the source."""
        for item in self.items:
            made = {code: page for code in item.languages if (page := self.made.get((item.code, code)))}
            source = self.there.get((item.code, settings.LANGUAGE_CODE))
            if made and source is not None:
                made.pop(settings.LANGUAGE_CODE, None)
                ledger.add(source.specific, made)


def seed_pages(items: list[Item], stored: Stored, ledger: Ledger) -> Tree:
    """Add the pages that are missing and let the site start with the first language's home page."""
    tree = Tree(items, stored)
    tree.grow()
    tree.fill()
    tree.record(ledger)
    start_at_home()
    return tree


def slug_of(item: Item, language: str) -> str:
    """Return the slug of a page: the same in each language, but for home pages, which stand side by side."""
    return item.code if item.parent else language


def start_at_home() -> None:
    """Let the site begin with our home page instead of Wagtail's greeting."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    welcome = site.root_page.specific
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    if type(welcome) is Page:
        site.root_page, site.site_name = home, HOST
        site.save()
        Page.objects.get(pk=welcome.pk).delete()
