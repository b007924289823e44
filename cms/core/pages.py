"""The base of every page type.

An abstract class, not Wagtail's swappable base page: that one breaks wagtail-localize.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.core.languages import direction


class BasePageForm(WagtailAdminPageForm):
    """The editor's form: of shared lists it offers the rows in the language of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            rows = field.queryset if isinstance(field, ModelMultipleChoiceField) else None
            if rows is not None and issubclass(rows.model, TranslatableMixin):
                field.queryset = rows.filter(locale=self.instance.locale_id)


class BasePage(Page):
    """A page that knows where it stands in other languages and who may keep a copy of it."""

    letter: str = "ხ"
    """The Georgian initial of the section, shown in an arch in every language."""

    lead = models.TextField(
        _("lead"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title: what is here, for whom. Lists show them too."),
    )
    checked_on = models.DateField(
        _("last checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last made sure that all this is still true."),
    )

    base_form_class = BasePageForm
    # A page has the same path in every language: that is how a missing translation is found.
    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("slug", overridable=False)]

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    promote_panels = [*Page.promote_panels, MultiFieldPanel([FieldPanel("checked_on")], _("Care"))]

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """Return the code of the language the page is written in."""
        return str(self.locale.language_code)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Tell templates where the page stands in other languages.

        Adds `translations` (language code → address of each published one), `content_language` and
        `content_direction` of what is shown, and `fallback`: whether that is not the language of the
        address, because there is no translation.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["translations"] = self.translations()
        context["content_language"] = self.language
        context["content_direction"] = direction(self.language)
        context["fallback"] = self.language != get_language()
        return context

    def translations(self) -> dict[str, str]:
        """Return language code → address of each published translation, this page included."""
        # A lean row is enough for an address; a page behind a door of its own answers there.
        siblings = self.get_translations(inclusive=False).live().select_related("locale")
        pages = {page.locale.language_code: page for page in [self, *siblings]}
        addresses = {code: page.get_url() for code, page in pages.items()}
        return {code: address for code, address in addresses.items() if address}

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return who may see the page; asked twice a request, so the answer is kept."""
        if "_restrictions" not in self.__dict__:
            self._restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return self._restrictions

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, and say when caches may keep it: to everybody alike, without a session."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        everybody = not self.get_view_restrictions() and settings.SESSION_COOKIE_NAME not in request.COOKIES
        preview = getattr(request, "is_preview", False)
        if everybody and not preview and request.method in {"GET", "HEAD"}:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response
