"""The news as RSS, in each language and for each selection."""

import re
from datetime import datetime, time
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.absolute import absolute
from cms.pages.models import NewsPage
from cms.pages.presenters.feeds import selection

NEWEST = 30
"""Stories in a feed."""

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML has no way to write; word processors leave some in pasted text."""


class Feed(Rss201rev2Feed):
    """RSS as browsers show it: plain XML, without an offer to download it."""

    content_type = "application/rss+xml; charset=utf-8"


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Answer the newest stories that are written in the language of the address.

    What nobody knows finds nothing, and is no error: programs ask here, not people.
    """
    language = get_language() or ""
    chosen = selection(request.GET, language)
    feed = Feed(
        title=_UNSPEAKABLE.sub(" ", " · ".join([_("Khidi"), chosen.title, *chosen.labels])),
        link=absolute(chosen.url),
        description=_UNSPEAKABLE.sub(" ", chosen.description or _("News of the office")),
        language=language,
        feed_url=absolute(request.get_full_path()),
    )
    for story in chosen.stories[:NEWEST]:
        _add(feed, story)
    response = HttpResponse(content_type=Feed.content_type)
    feed.write(response, "utf-8")
    if chosen.known:
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _add(feed: Feed, story: NewsPage) -> None:
    feed.add_item(
        title=_UNSPEAKABLE.sub(" ", story.title),
        link=absolute(story.get_url() or ""),
        description=_UNSPEAKABLE.sub(" ", story.lead),
        pubdate=timezone.make_aware(datetime.combine(story.date, time())),
        # The same after a change of the address, and another one in each language.
        unique_id=uuid5(story.translation_key, story.language).urn,
        unique_id_is_permalink=False,
        categories=[str(story.get_category_display())],
    )
