"""Pages by language and by their place in the tree."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet

from cms.core import clock
from cms.core.languages import fallbacks
from cms.core.pages import BasePage
from cms.pages.models import AccessibilityPage, HomePage, HubPage, PrivacyPage


def published(pages: PageQuerySet) -> PageQuerySet:
    """Return those that visitors may see now: a page whose time is over goes before a job takes it off."""
    return pages.live().filter(Q(expire_at=None) | Q(expire_at__gt=clock.now()))


def best(rows: QuerySet, among: QuerySet, language: str) -> QuerySet:
    """Return each of `rows` once: in `language`, or in the best language that `among` has it in."""
    order = [language, *fallbacks(language)]
    rank = Case(
        *(When(locale__language_code=code, then=Value(place)) for place, code in enumerate(order)),
        default=Value(len(order)),
        output_field=IntegerField(),
    )
    better = (
        among.filter(translation_key=OuterRef("translation_key"))
        .annotate(rank=rank)
        .filter(rank__lt=OuterRef("rank"))
    )
    return rows.annotate(rank=rank).filter(~Exists(better)).select_related("locale")


def in_language(pages: PageQuerySet, language: str) -> PageQuerySet:
    """Return each published page once: in `language`, or in the best language it exists in.

    Pages behind a password or a sign-in are left out: who asks is not known here.
    """
    return best(published(pages).public(), published(Page.objects.all()), language)


def any_door() -> bool:
    """Tell whether there is a page that is not for everybody."""
    return PageViewRestriction.objects.exists()


def homes() -> dict[str, str]:
    """Return language code → path in the tree of the home pages, the first language first."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return {}
    pages = site.root_page.get_translations(inclusive=True).live().select_related("locale")
    return {page.locale.language_code: page.url_path for page in pages}


def at(path: str, language: str, homes: dict[str, str]) -> tuple[type[Page], int] | None:
    """Return type and number of the published page at an address, in the best language there is.

    Wagtail asks the database twice for each part of an address. Slugs are the same in every
    language, so one question by the whole path finds a page together with its translations.
    """
    order = {code: place for place, code in enumerate([language, *fallbacks(language)])}
    places = {home + path: order.get(code, len(order)) for code, home in homes.items()}
    pages = published(Page.objects.filter(url_path__in=places))
    found = pages.only("pk", "url_path", "content_type_id")
    page = min(found, key=lambda page: places[page.url_path], default=None)
    return None if page is None else (page.specific_class, page.pk)


def whole(kind: type[Page], number: int) -> Page | None:
    """Return a published page with everything its own type has."""
    pages: PageQuerySet = kind.objects.filter(pk=number)
    page: Page | None = published(pages).select_related("locale").first()
    return page


def below(page: Page, pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that are children of `page` or of one of its translations."""
    parents = Page.objects.filter(translation_key=page.translation_key).values_list("path", "depth")
    children = Q(pk__in=[])
    for path, depth in parents:
        children |= Q(path__startswith=path, depth=depth + 1)
    return pages.filter(children)


def children(page: Page, language: str) -> list[Page]:
    """Return the pages below, each as its own type with its locale; one question a type.

    Those in `language` come first, each language in the order of its editors.
    """
    found = in_language(below(page, Page.objects.all()), language).order_by("rank", "path")
    types = dict(found.values_list("pk", "content_type_id"))
    pages: dict[int, Page] = {}
    for content_type in set(types.values()):
        kind: Any = ContentType.objects.get_for_id(content_type).model_class()
        joined = ("locale", "place") if kind is HubPage else ("locale",)
        pages |= kind.objects.select_related(*joined).in_bulk(types)
    return [pages[pk] for pk in types]


def chosen(numbers: Iterable[int], language: str, *, shut: bool = False) -> dict[int, Page]:
    """Return the number of each page that an editor chose → what a reader of `language` is shown.

    A page that nobody may see has no entry; one behind a password or a sign-in only with `shut`.
    """
    keys = dict(Page.objects.filter(pk__in=set(numbers)).values_list("pk", "translation_key"))
    wanted = published(Page.objects.filter(translation_key__in=set(keys.values())))
    pages = best(wanted if shut else wanted.public(), published(Page.objects.all()), language)
    shown = {page.translation_key: page for page in pages}
    return {number: shown[key] for number, key in keys.items() if key in shown}


def top_pages(language: str) -> PageQuerySet:
    """Return the pages of the main menu: below a home page, ticked for menus."""
    return in_language(Page.objects.filter(depth=3, show_in_menus=True), language).order_by("rank", "path")


def short_titles(pages: Iterable[Page]) -> dict[int, str]:
    """Return number → title for the menu and the path; one question a type."""
    titles = {page.pk: page.title for page in pages}
    kinds = {page.specific_class for page in pages}
    for kind in kinds:
        if issubclass(kind, BasePage):
            short = kind.objects.filter(pk__in=list(titles)).exclude(menu_title="")
            titles |= dict(short.values_list("pk", "menu_title"))
    return titles


def home(language: str) -> HomePage | None:
    """Return the home page that a reader of `language` sees, with its contact."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return None
    homes = HomePage.objects.filter(translation_key=site.root_page.translation_key)
    page: HomePage | None = in_language(homes, language).select_related("contact").first()
    return page


def legal_pages(language: str) -> list[Page]:
    """Return the accessibility statement and the privacy notice."""
    kinds = (AccessibilityPage, PrivacyPage)
    return [page for kind in kinds for page in in_language(kind.objects.all(), language)]


def ancestors(page: Page) -> PageQuerySet:
    """Return the pages above `page`, home first; not Wagtail's root."""
    return page.get_ancestors().filter(depth__gt=1).select_related("locale")
