"""Which pages name another one, from Wagtail's index of references."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, IntegerField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

from cms.pages.models import NewsPage
from cms.pages.queries.tree import in_language


def news_about(page: Page, language: str) -> PageQuerySet:
    """Return the news that belongs to `page` or to one of its translations, newest first; one question."""
    types = ContentType.objects.get_for_models(Page, NewsPage)
    versions = Page.objects.filter(translation_key=page.translation_key)
    naming = (
        ReferenceIndex.objects.filter(
            base_content_type=types[Page],
            content_type=types[NewsPage],
            model_path__startswith="related.",
            to_content_type=types[Page],
            to_object_id__in=versions.values_list(Cast("pk", CharField())),
        )
        .annotate(number=Cast("object_id", IntegerField()))
        .values("number")
    )
    stories = NewsPage.objects.filter(pk__in=naming).values("translation_key")
    about = NewsPage.objects.filter(translation_key__in=stories)
    return in_language(about, language).order_by("-date", "-pk")
