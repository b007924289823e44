"""Keep the titles under which an event is announced beside the event itself."""

from cms.events.models import Event, EventPage


def keep_titles(*, event: Event) -> None:
    """Copy the titles of the published pages; lists of registrations then name an event without asking.

    Only this field is written: nothing else about the event has changed.
    """
    pages = EventPage.objects.filter(event_id=event.pk, live=True)
    event.titles = dict(pages.values_list("locale__language_code", "title"))
    Event.objects.filter(pk=event.pk).update(titles=event.titles)
