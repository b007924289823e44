"""Doors to the Wagtail admin: snippets, and how translations stand wherever editors come by."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from cms.pages.admin.notices import OverduePanel, tell
from cms.pages.admin.publishing import refuse_half_done
from cms.pages.admin.snippets import DeleteSeveral, NoticeViewSet, PeopleAndContacts, SharedLists
from cms.pages.admin.submissions import urlpatterns as submissions
from cms.pages.admin.translations import urlpatterns
from cms.pages.policy import may_translate
from cms.pages.presenters.rich_text import ReaderPageLinkHandler

register_snippet(SharedLists)
register_snippet(PeopleAndContacts)
register_snippet(NoticeViewSet)
hooks.register("register_bulk_action", DeleteSeveral, order=100)  # After Wagtail's, in its place.


class TranslationsItem(MenuItem):
    """In the menu of those who change pages or snippets."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return may_translate(request.user)


@hooks.register("register_admin_menu_item")
def translations_item() -> TranslationsItem:
    """Put translations into the menu."""
    return TranslationsItem(
        _("Translations"),
        reverse_lazy("translations:index"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=150,
    )


@hooks.register("register_admin_urls")
def translation_urls() -> list[URLResolver]:
    """Route the table and its details."""
    return [path("translations/", include((urlpatterns(), "translations"), namespace="translations"))]


@hooks.register("register_admin_urls", order=-1)  # Before wagtail-localize's own, which ask too little.
def submission_urls() -> list[URLResolver]:
    """Route what sends pages and snippets to translators."""
    return [path("localize/", include((submissions(), "to_translators"), namespace="to_translators"))]


# Before wagtail-localize, whose own hook answers with its editor.
@hooks.register("before_edit_page", order=-1)
def look_at_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Say at a page which translations are out of date; publish none that is half done."""
    tell(request, page)
    return refuse_half_done(request, page)


@hooks.register("before_edit_snippet", order=-1)
def look_at_snippet(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Do the same at a snippet."""
    tell(request, instance)
    return refuse_half_done(request, instance)


@hooks.register("construct_homepage_panels")
def tell_at_home(request: HttpRequest, panels: list[Any]) -> None:
    """Greet editors with what fell behind."""
    panels.append(OverduePanel(request))


@hooks.register("register_rich_text_features", order=100)  # After Wagtail's own.
def links_of_texts(features: FeatureRegistry) -> None:
    """Let links of texts stay in the reader's part of the site."""
    features.register_link_type(ReaderPageLinkHandler)
