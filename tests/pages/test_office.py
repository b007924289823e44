"""The page of an office."""

from datetime import UTC, datetime, time

import pytest
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from cms.pages.cache.generation import bump
from cms.pages.models import OpeningHours, PublicPerson, SectionPage
from tests.pages.factories import draft, make_page, make_snippet, shut, translate
from tests.pages.places import (
    exception,
    make_contact,
    make_hours,
    make_office,
    make_section,
    make_service,
    provision,
)
from tests.pages.reading import article, ids_are_unique, text_of

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # In Tbilisi.


@pytest.fixture(autouse=True)
def monday(stopped_clock):
    stopped_clock.set(MONDAY_NOON)


def opened(client, page, language="ka", section="offices"):
    return article(client.get(f"/{language}/{section}/{page.slug}/"))


def part(element, name):
    """Return the section that a heading with this id opens."""
    return next(item for item in element.iter() if item.get("aria-labelledby") == name)


def names(element):
    return {item.get("aria-labelledby") for item in element.iter()} - {None}


def links(element):
    return {link.get("href") for link in element.iter("a")}


# --- What could leak or mislead ---------------------------------------------------------------


def test_an_office_of_which_nothing_is_known_shows_no_empty_heading(client):
    bare = {"mandate": "", "legal_basis": [], "duties": [], "staff": [], "contact": None, "hours": None}
    office = make_office(make_section(), **bare, as_of=None, responsible=None, checked_on=None)
    page = opened(client, office)
    assert names(page) == set()
    assert list(page.iter("h2")) == []


def test_what_editors_write_is_escaped(client):
    bad = "<script>alert(1)</script>"
    contact = make_contact(label=bad, note=bad, address=bad)
    office = make_office(
        make_section(),
        contact=contact,
        hours=make_hours(exception("2026-03-05", reason=bad), note=bad),
        legal_basis=[provision(act=bad, jurisdiction=bad, article=bad, quotation=bad)],
    )
    assert list(opened(client, office).iter("script")) == []


def test_exceptions_that_are_over_are_not_shown(client):
    hours = make_hours(exception("2026-02-24", reason="წარსული"), exception("2026-03-05", reason="სწავლება"))
    text = text_of(part(opened(client, make_office(make_section(), hours=hours)), "hours"))
    assert "სწავლება" in text
    assert "წარსული" not in text
    assert "5 მარტი 2026" in text


def test_whoever_needs_an_appointment_is_not_told_that_it_is_open(client, stopped_clock):
    stopped_clock.set(datetime(2026, 3, 3, 6, 0, tzinfo=UTC))  # Tuesday, ten o'clock.
    section = make_section("en")
    office = make_office(section, hours=make_hours(by_appointment=True))
    translate(office, "en")
    text = text_of(part(opened(client, office, "en"), "hours"))
    assert "By appointment" in text
    assert "Open now" not in text


@pytest.mark.parametrize("hidden", [draft, shut, lambda page: page.delete()])
def test_a_service_that_nobody_may_see_is_not_offered(client, hidden):
    section = make_section()
    office = make_office(section)
    hidden(make_service(section, office, title="საიდუმლო"))
    assert "services" not in names(opened(client, office))


def test_a_service_that_has_ended_is_not_offered(client):
    section = make_section()
    office = make_office(section)
    make_service(section, office, state="ended")
    assert "services" not in names(opened(client, office))


def test_staff_who_are_gone_leave_no_line(client):
    office = make_office(make_section())
    PublicPerson.objects.all().delete()
    assert "staff" not in names(opened(client, office))


# --- What it says -----------------------------------------------------------------------------


def test_it_says_how_old_its_information_is_and_who_cares_for_it(client):
    office = make_office(make_section("en"))
    translate(office, "en")
    for language, month in (("ka", "2023 წლის ნოემბერი"), ("en", "November 2023")):
        meta = next(
            item for item in opened(client, office, language).iter("p") if item.get("class") == "meta"
        )
        time = next(meta.iter("time"))
        assert (time.get("datetime"), time.text) == ("2023-11", month)
        assert "ნინო ოქროველი" in text_of(meta)


def test_a_provision_opens_the_law_and_quotes_it_in_its_language(client):
    basis = part(opened(client, make_office(make_section())), "basis")
    link = next(basis.iter("a"))
    assert (link.get("href"), link.get("rel")) == ("https://example.org/act", "external noopener")
    quotation = next(basis.iter("blockquote"))
    assert (quotation.get("lang"), quotation.get("dir")) == ("de", "ltr")


@pytest.mark.parametrize(
    ("fields", "cited"),
    [
        ({}, "Article 18, paragraph 3"),
        ({"paragraph": ""}, "Article 18"),
        ({"article": "§ 5", "paragraph": "2"}, "§ 5, paragraph 2"),
        ({"article": "", "paragraph": "2"}, "paragraph 2"),
    ],
)
def test_provisions_are_cited(client, fields, cited):
    section = make_section("en")
    office = make_office(section, legal_basis=[provision(**fields)])
    translate(office, "en")
    assert cited in text_of(part(opened(client, office, "en"), "basis"))


def test_duties_are_lists_in_lists(client):
    duties = part(opened(client, make_office(make_section())), "duties")
    assert [item.text for item in duties.findall("ol/li/ul/li/ul/li")] == ["სახელმწიფო", "კერძო"]


def test_staff_can_be_rung_and_written_to(client):
    staff = part(opened(client, make_office(make_section())), "staff")
    assert links(staff) == {"tel:+995555010012", "mailto:nino@khidi.example"}
    assert {mark.get("dir") for mark in staff.iter("bdi")} == {"ltr"}
    assert "ხელმძღვანელი" in text_of(staff)


def test_the_week_is_a_table_with_closed_days_and_today(client):
    table = next(part(opened(client, make_office(make_section())), "hours").iter("table"))
    rows = [[text_of(cell) for cell in row] for row in table.find("tbody")]
    assert len(rows) == 5
    assert rows[1][1] == "9:00–12:00"
    assert rows[3][1] == "9:00–12:0014:00–17:00"
    assert [row.get("aria-current") for row in table.find("tbody")] == ["date", None, None, None, None]


def test_times_in_arabic_run_from_left_to_right(client):
    office = make_office(make_section("ar"))
    translate(office, "ar")
    table = next(part(opened(client, office, "ar"), "hours").iter("table"))
    assert {mark.get("dir") for mark in table.iter("bdi")} == {"ltr"}


def test_words_come_in_the_language_of_the_page(client):
    section = make_section("en")
    hours = make_hours(note="მხოლოდ ზემო სართულზე")
    translate(hours, "en", note="Upstairs only")
    office = make_office(section, hours=hours)
    page = translate(office, "en")
    # The translation was made before the snippet had one, and still points to the source.
    type(page).objects.filter(pk=page.pk).update(hours=OpeningHours.objects.get(pk=hours.pk))
    assert "Upstairs only" in text_of(opened(client, office, "en"))
    assert "ზემო სართულზე" in text_of(opened(client, office, "ka"))


def test_a_translation_nobody_has_looked_at_again_sends_nobody_to_a_closed_door(client):
    section = make_section("en")
    hours, contact = make_hours(exception("2026-03-05", reason="სწავლება")), make_contact()
    for snippet in (hours, contact):
        source, _created = TranslationSource.update_or_create_from_instance(snippet)
        english = Locale.objects.get(language_code="en")
        Translation.objects.create(source=source, target_locale=english).save_target()
    office = make_office(section, hours=hours, contact=contact)
    translate(office, "en")
    translated = OpeningHours.objects.get(locale__language_code="en")
    translated.exceptions[0].value["reason"] = "training"
    translated.save()
    hours.times = [("hours", {"day": "3", "opens": time(15), "closes": time(16)})]
    hours.save()
    contact.phone = "+995 555 99 99 99"
    contact.save()
    page = opened(client, office, "en")
    text = text_of(part(page, "hours"))
    assert "15:00–16:00" in text
    assert "9:00–12:00" not in text
    assert "(training)" in text
    assert "tel:+995555999999" in links(page)
    # On its own from now on: it says what its editors say.
    Translation.objects.update(enabled=False)
    bump()
    assert "9:00–12:00" in text_of(part(opened(client, office, "en"), "hours"))


def test_services_keep_the_reader_in_their_language(client):
    section = make_section("en")
    office = make_office(section)
    translate(office, "en")
    service = make_service(section, office)
    found = part(opened(client, office, "en"), "services")
    assert links(found) == {f"/en/offices/{service.slug}/"}
    assert next(found.iter("h3")).get("lang") == "ka"


def test_a_service_that_names_the_translation_is_offered_by_the_source_too(client):
    section = make_section("en")
    office = make_office(section)
    make_service(section, translate(office, "en"))
    assert "services" in names(opened(client, office))


def test_the_foot_says_when_it_was_checked(client):
    page = opened(client, make_office(make_section()))
    checked = next(item for item in page.iter("p") if "checked" in (item.get("class") or ""))
    assert next(checked.iter("time")).get("datetime") == "2026-02-20"


def test_headings_and_ids_are_in_order(client):
    section = make_section()
    office = make_office(
        section, body=[{"type": "heading", "value": "hours"}, {"type": "heading", "value": "contact"}]
    )
    make_service(section, office)
    page = opened(client, office)
    ids_are_unique(page)
    assert len(list(page.iter("h1"))) == 1


@pytest.mark.django_db(transaction=True)
def test_an_office_asks_few_questions(client, django_assert_max_num_queries):
    section = make_section("en", "ar")
    office = make_office(section)
    translate(office, "en")
    for _ in range(3):
        make_service(section, office)
    opened(client, office)
    with django_assert_max_num_queries(14) as asked:
        opened(client, office)
    assert len(asked) <= 8


def test_contact_and_hours_stand_in_texts_too(client):
    section = make_section("en")
    contact, hours = make_contact(), make_hours()
    translate(contact, "en", note="Ring first.")
    body = [{"type": "contact", "value": contact.pk}, {"type": "hours", "value": hours.pk}]
    office = make_office(section, body=body, contact=None, hours=None)
    translate(office, "en")
    text = text_of(opened(client, office, "en"))
    assert "Ring first." in text
    assert "9:00–12:00" in text


def test_a_snippet_deleted_from_a_text_leaves_no_hole(client):
    section = make_page(SectionPage, parent=make_section(), slug="more")
    contact, hours = make_contact(), make_hours()
    body = [{"type": "contact", "value": contact.pk}, {"type": "hours", "value": hours.pk}]
    office = make_office(section, body=body, contact=None, hours=None)
    contact.delete()
    hours.delete()
    assert list(opened(client, office, section="offices/more").iter("table")) == []


def test_a_person_named_in_another_script_says_so(client):
    section = make_section("ar")
    person = make_snippet(PublicPerson, name="ლევან")
    office = make_office(section, responsible=person)
    translate(office, "ar")
    named = [item for item in opened(client, office, "ar").iter("span") if item.text == "ლევან"]
    assert [(item.get("lang"), item.get("dir")) for item in named] == [("ka", "ltr")]
