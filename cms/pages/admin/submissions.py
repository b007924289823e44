"""Doors of wagtail-localize that ask for one right over everything, with the question for whose it is."""

from typing import Any

from django.http import Http404
from django.urls import URLPattern, path
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.pages.policy import may_change, may_publish
from cms.pages.staleness.queries import source_and_targets


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


def urlpatterns() -> list[URLPattern]:
    """Return the addresses, those of wagtail-localize, below /admin/localize/."""
    return [
        path("submit/page/<int:page_id>/", SubmitPage.as_view(), name="page"),
        path(
            "submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            SubmitSnippet.as_view(),
            name="snippet",
        ),
        path("update/<int:translation_source_id>/", Update.as_view(), name="update"),
    ]
