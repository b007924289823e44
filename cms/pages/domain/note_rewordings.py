"""Remember which sentence took the place of which, before wagtail-localize forgets."""

from collections import defaultdict

from django.db import transaction
from wagtail_localize.models import SourceDeletedError, String, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.pages.models import Rewording
from cms.pages.staleness.wording import pairs


@transaction.atomic
def note_rewordings(*, source: TranslationSource) -> None:
    """Compare the sentences kept of `source` with those of its new content.

    To be called between the two steps in which wagtail-localize takes over a source: it has the
    new content, and still the old sentences. Whoever starts that, nothing is lost.
    """
    old: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for segment in source.stringsegment_set.select_related("string", "context").order_by("order"):
        old[segment.context.path][segment.string.data] = (segment.context_id, segment.string_id)
    try:
        values = extract_segments(source.as_instance()) if old else []
    except SourceDeletedError:
        return
    new: dict[str, dict[str, StringSegmentValue]] = defaultdict(dict)
    for value in values:
        if isinstance(value, StringSegmentValue):
            new[value.path][value.string.data] = value
    for path, sentences in old.items():
        for later, earlier in pairs(list(sentences), list(new[path])).items():
            context_id, string_id = sentences[earlier]
            Rewording.objects.update_or_create(
                context_id=context_id,
                later=String.from_value(source.locale, new[path][later].string),
                defaults={"earlier_id": string_id},
            )
