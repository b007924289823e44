"""The page of an event goes to translators sentence by sentence; what is no text follows by itself."""

import pytest
from django.test import Client

from cms.core.partial import PartialDate
from cms.events.models import EventPage, Series
from cms.pages.models import Contact, ProjectPage, SectionPage, Topic
from tests.events.factories import make_calendar, make_date, make_event, make_event_page
from tests.pages.factories import make_homes, make_page, make_snippet
from tests.pages.factories import translate as translate_directly
from tests.pages.translating import body, submit, translate

ITEM = {"time": "11:00:00", "title": "Opening", "person": "Nino", "language": "Georgian", "dates": "1, 2"}


@pytest.fixture
def homes(transactional_db):
    """Publish home in two languages; translations are published when a transaction ends."""
    return make_homes("en")


@pytest.fixture
def page(homes):
    """Publish the page of an event in English, with everything that has words."""
    calendar = make_calendar(homes["en"], title="Events")
    translate_directly(calendar, "ka", title="ღონისძიებები")
    event = make_event()
    make_date(event, on=PartialDate(2030, 11, 25))
    section = make_page(SectionPage, parent=homes["en"], title="Projects", slug="projects")
    page = make_event_page(
        calendar,
        event,
        title="Meeting",
        lead="Let us talk.",
        cost="Free of charge",
        body=body("Everybody may come."),
        programme=[{"type": "item", "value": ITEM, "id": "0e0b9ad4-7a55-4c0e-8ec1-5f0b2c5b6a01"}],
        series=make_snippet(Series, "en", name="Meetings"),
        contact=make_snippet(Contact, "en", label="Desk", phone="+995 32 212 34 56"),
        project=make_page(ProjectPage, parent=section, title="Campaign", slug="campaign"),
    )
    page.topics = [make_snippet(Topic, "en", name="Work", slug="work")]
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def translated(page):
    """Translate every sentence; return the page in Georgian."""
    translate(submit(page, "ka")["ka"])
    return EventPage.objects.get(translation_key=page.translation_key, locale__language_code="ka")


def test_words_are_translated_and_times_and_numbers_are_not(page):
    georgian = translated(page)
    assert georgian.live
    assert georgian.title == "ka Meeting"
    assert georgian.cost == "ka Free of charge"
    assert "ka Everybody may come." in str(georgian.body)
    (item,) = georgian.programme
    assert item.value["title"] == "ka Opening"
    assert item.value["time"].isoformat() == ITEM["time"]
    assert item.value["dates"] == ITEM["dates"]
    segments = {segment.string.data for segment in submit(page, "ka")["ka"].source.stringsegment_set.all()}
    assert not segments & {ITEM["time"], ITEM["dates"], "work"}


def test_the_event_is_the_same_and_topics_are_named_in_the_language(page):
    work = translate_directly(Topic.objects.get(), "ka", name="შრომა")
    georgian = translated(page)
    assert georgian.event_id == page.event_id
    assert georgian.slug == page.slug
    assert {topic.translation_key for topic in georgian.topics.all()} == {work.translation_key}
    assert ">შრომა</option>" in Client().get(georgian.get_parent().url).content.decode()
    assert georgian.event.titles == {"en": "Meeting", "ka": "ka Meeting"}


def test_series_contact_and_project_follow_to_their_translations(page):
    series = translate_directly(page.series, "ka", name="შეხვედრები")
    contact = translate_directly(page.contact, "ka", label="სამსახური")
    section = translate_directly(SectionPage.objects.get(), "ka", title="პროექტები")
    project = translate_directly(ProjectPage.objects.get(), "ka", title="კამპანია")
    assert project.get_parent().pk == section.pk
    georgian = translated(page)
    assert georgian.series == series
    assert georgian.contact == contact
    # A page keeps the page that was chosen; readers are led to it in their language.
    assert f'<a href="{project.url}">კამპანია</a>' in Client().get(georgian.url).content.decode()


def test_what_has_no_translation_stays_what_it_was(page):
    georgian = translated(page)
    assert georgian.series == page.series
    assert georgian.contact == page.contact
    assert georgian.project_id == page.project_id
