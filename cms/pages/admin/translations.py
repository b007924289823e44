"""What is translated and what is not: all things, and one translation sentence by sentence."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from cms.accounts.models import User
from cms.core.languages import direction, language_name
from cms.core.text.case import capfirst
from cms.pages.admin.cards import Card, card, edit_url, submit_url
from cms.pages.domain.keep_translation import LinksChangedError, keep_translation
from cms.pages.enums import TranslationState
from cms.pages.policy import may_translate
from cms.pages.staleness.lines import Line, lines
from cms.pages.staleness.objects import Cell, Thing, cells_of, kind_of, kinds, things_of, translation_for

A_PAGE = 20
TO_DO = (TranslationState.STALE, TranslationState.MACHINE, TranslationState.MISSING)


class FilterForm(forms.Form):
    """Narrow the table; what nobody knows is ignored."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *, locales: list[Locale], kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        languages = [
            (locale.language_code, capfirst(language_name(locale.language_code))) for locale in locales
        ]
        named = [(code, capfirst(name)) for code, name in kinds]
        for name, choices in (
            ("language", languages),
            ("state", TranslationState.options()),
            ("kind", named),
        ):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, choices=[("", _("All")), *choices], required=False
            )

    def chosen(self, name: str) -> str:
        """Return what was asked for, and nothing for what is not on offer."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class TranslationsView(WagtailAdminTemplateMixin, TemplateView):
    """Pages and snippets by language."""

    template_name = "cms_pages/admin/translations.html"
    page_title = _("Translations")
    header_icon = "wagtail-localize-language"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Say where we are."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who change neither pages nor snippets."""
        if not may_translate(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filters and one page of the table."""
        things, locales = things_of(self.request.user), list(Locale.objects.order_by("pk"))
        form = FilterForm(locales=locales, kinds=kinds(things), data=self.request.GET)
        language, state, kind = (form.chosen(name) for name in ("language", "state", "kind"))
        columns = [locale for locale in locales if language in {"", locale.language_code}]
        if kind:
            things = [thing for thing in things if kind_of(thing.source) == kind]
        if state:
            rows = cells_of(things, columns)
            things = [thing for thing, cells in rows if any(cell.shows(state) for cell in cells)]
        page = Paginator(things, A_PAGE).get_page(self.request.GET.get("p"))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "form": form,
            "languages": [capfirst(language_name(locale.language_code)) for locale in columns],
            "rows": [self._row(thing, cells) for thing, cells in cells_of(page.object_list, columns)],
            "items": page,
            "elided_page_range": page.paginator.get_elided_page_range(page.number),
        }

    def _row(self, thing: Thing, cells: list[Cell]) -> dict[str, Any]:
        source = thing.source
        submits = source.editable and self.request.user.has_perm("wagtail_localize.submit_translation")
        return {
            "title": source.title,
            "kind": capfirst(source.model._meta.verbose_name),
            "url": edit_url(source.model, source.pk) if source.editable else "",
            "submit_url": submit_url(source.model, source.pk) if submits else "",
            "cells": [
                {
                    "cell": cell,
                    "source": cell.instance == source,
                    "parts": self._parts(cell),
                    "url": edit_url(cell.instance.model, cell.instance.pk) if cell.instance else "",
                }
                for cell in cells
            ],
        }

    def _parts(self, cell: Cell) -> list[dict[str, Any]]:
        tally = cell.tally
        if tally is None:
            return []
        return [
            {"state": state, "label": state.label, "words": tally.words[state]}
            for state in TO_DO
            if tally.sentences[state]
        ]


class TranslationMixin:
    """A view of one translation, which must be in reach of the person."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def _found(self) -> tuple[Any, Any]:
        found = translation_for(self.request.user, self.kwargs["translation_id"])
        if found is None:
            raise Http404
        return found

    @property
    def translation(self) -> Any:
        """Return what wagtail-localize knows about it."""
        return self._found[0]

    @cached_property
    def model(self) -> Any:
        """Return the class of the page or snippet."""
        return self.translation.source.specific_content_type.model_class()

    @property
    def editor(self) -> str:
        """Return where it is translated."""
        return edit_url(self.model, self._found[1])

    @cached_property
    def lines(self) -> list[Line]:
        """Return every sentence."""
        return lines([self.translation])[self.translation.pk]


class TranslationView(TranslationMixin, WagtailAdminTemplateMixin, TemplateView):
    """One page or snippet in one language: what is to be done, sentence by sentence."""

    template_name = "cms_pages/admin/translation.html"
    header_icon = "wagtail-localize-language"

    @property
    def language(self) -> str:
        """Name the language."""
        return capfirst(language_name(self.translation.target_locale.language_code))

    def get_page_title(self) -> str:
        """Return what is translated."""
        return str(self.translation.source.object_repr)

    def get_page_subtitle(self) -> str:
        """Return the language."""
        return self.language

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the table."""
        items: list[dict[str, Any]] = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("translations:index"), "label": _("Translations")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.language},
        ]
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sentences by what is to be done."""
        source, target = (
            self.translation.source.locale.language_code,
            self.translation.target_locale.language_code,
        )
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "translation": self.translation,
            "stale": self._cards(TranslationState.STALE),
            "machine": self._cards(TranslationState.MACHINE),
            "missing": self._cards(TranslationState.MISSING),
            "editor": self.editor,
            "language": self.language,
            "source": {"code": source, "dir": direction(source), "name": capfirst(language_name(source))},
            "target": {"code": target, "dir": direction(target)},
        }

    def _cards(self, state: TranslationState) -> list[Card]:
        return [
            card(line, model=self.model, editor=self.editor) for line in self.lines if line.state == state
        ]


class KeepView(TranslationMixin, View):
    """The translation of one sentence still fits."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
        """Keep it, and lead back to what is left."""
        line = next((line for line in self.lines if line.segment_id == segment_id), None)
        try:
            kept = (
                line is not None
                and isinstance(request.user, User)
                and keep_translation(line=line, by=request.user)
            )
        except LinksChangedError:
            messages.warning(
                request, gettext("The links in this sentence have changed: please translate it anew.")
            )
        else:
            if kept:
                messages.success(request, gettext("The translation stays as it is."))
            else:
                messages.warning(
                    request, gettext("This sentence has changed in the meantime. Please look again.")
                )
        return redirect("translations:detail", translation_id)


def urlpatterns() -> list[URLPattern]:
    """Return the addresses of the room below /admin/translations/."""
    return [
        path("", TranslationsView.as_view(), name="index"),
        path("<int:translation_id>/", TranslationView.as_view(), name="detail"),
        path("<int:translation_id>/<int:segment_id>/keep/", KeepView.as_view(), name="keep"),
    ]
