"""Keep the titles under which an event is announced beside the event itself."""

from django.db import transaction

from cms.events.models import Event, EventPage


@transaction.atomic
def keep_titles(*, event: Event) -> None:
    """Copy the titles of the published pages; lists of registrations then name an event without asking.

    Only this field is written: nothing else about the event has changed. The row is locked first, so
    that of two languages published at once neither forgets the other.
    """
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    pages = EventPage.objects.filter(event_id=event.pk, live=True)
    event.titles = dict(pages.values_list("locale__language_code", "title"))
    Event.objects.filter(pk=event.pk).update(titles=event.titles)
