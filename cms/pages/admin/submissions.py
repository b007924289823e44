"""Doors of wagtail-localize that ask for one right over everything, with the question for whose it is."""

from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from wagtail_localize.views import edit_translation
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.snippets_api import SnippetViewSet
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.pages.policy import editable, may_change, may_publish
from cms.pages.staleness.objects import translation_for, within_reach
from cms.pages.staleness.queries import source_and_targets, with_source

TRANSLATING = {
    "strings/<int:string_segment_id>/edit/": "edit_string_translation",
    "overrides/<int:overridable_segment_id>/edit/": "edit_override",
    "pofile/download/": "download_pofile",
    "pofile/upload/": "upload_pofile",
    "machine_translate/": "machine_translate",
    "preview/": "preview_translation",
    "preview/<str:mode>/": "preview_translation",
    "disable/": "stop_translation",
}
"""wagtail-localize's views of one translation; they ask whether somebody may change any snippet of a kind."""


class OwnOnly:
    """Before a view of a page or snippet: what the person may not change is not found."""

    request: Any

    def get_object(self) -> Any:
        """Return the page or snippet."""
        found = super().get_object()  # type: ignore[misc]  # of the view
        if not may_change(self.request.user, found):
            raise Http404
        return found


class SubmitPage(OwnOnly, SubmitPageTranslationView):
    """Send a page to translators."""


class SubmitSnippet(OwnOnly, SubmitSnippetTranslationView):
    """Send a snippet to translators."""


class Update(UpdateTranslationsView):
    """Take over what a source says today, and publish its translations if they are the person's."""

    def get_object(self) -> Any:
        """Return what wagtail-localize knows of the source."""
        found = super().get_object()
        own, self.targets = source_and_targets(found)
        if own is None or not may_change(self.request.user, own):
            raise Http404
        return found

    def get_form(self) -> Any:
        """Return the form, which publishes for those only who may publish every translation."""
        form = super().get_form()
        allowed = all(target and may_publish(self.request.user, target) for target in self.targets)
        form.fields["publish_translations"].disabled = not allowed
        return form


class Report(TranslationsReportView):
    """The report over translations that the person may write."""

    def get_queryset(self) -> QuerySet[Any]:
        """Leave out all others."""
        reached = within_reach(self.request.user, with_source())
        return super().get_queryset().filter(pk__in=reached).order_by("-pk")


class Snippets(SnippetViewSet):
    """Snippets by kind, for the script of the translation editor."""

    def get_queryset(self) -> QuerySet[Any]:
        """Return those that the person may change."""
        return editable(self.request.user, self.get_model())


def reached(name: str) -> Any:
    """Return a view of one translation that finds it only for those who may write it."""
    view = getattr(edit_translation, name)

    @wraps(view)
    def checked(request: HttpRequest, translation_id: int, **kwargs: Any) -> HttpResponseBase:
        if translation_for(request.user, translation_id) is None:
            raise Http404
        if name == "upload_pofile" and request.method == "POST" and "file" not in request.FILES:
            raise BadRequest("There is no file in this form.")  # wagtail-localize would break on it.
        response: HttpResponseBase = view(request, translation_id=translation_id, **kwargs)
        return response

    return checked


def urlpatterns() -> list[URLPattern]:
    """Return the addresses, those of wagtail-localize, below /admin/localize/."""
    snippets = "api/snippets/<slug:app_label>/<slug:model_name>/"
    return [
        *(
            path(f"translate/<int:translation_id>/{address}", reached(name), name=name)
            for address, name in TRANSLATING.items()
        ),
        path("reports/translations/", Report.as_view(), name="report"),
        path("reports/translations/results/", Report.as_view(results_only=True), name="report_results"),
        path(snippets, Snippets.as_view({"get": "list"}), name="snippets"),
        path(f"{snippets}<str:pk>/", Snippets.as_view({"get": "retrieve"}), name="one_snippet"),
        path("submit/page/<int:page_id>/", SubmitPage.as_view(), name="page"),
        path(
            "submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            SubmitSnippet.as_view(),
            name="snippet",
        ),
        path("update/<int:translation_source_id>/", Update.as_view(), name="update"),
    ]
