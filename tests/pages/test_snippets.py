from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.accounts.enums import Role
from cms.pages.blocks.hours import ExceptionBlock, HoursBlock
from cms.pages.models import (
    Audience,
    Contact,
    OpeningHours,
    Place,
    ProjectPage,
    PublicOrganisation,
    PublicPerson,
    SectionPage,
    SiteNotice,
    Topic,
)
from tests.pages.editing import editor, errors_of, speak, stream
from tests.pages.factories import make_homes, make_page, make_snippet

pytestmark = pytest.mark.django_db

LANGUAGES = ("ka", "it", "de", "en")

MONDAY = ("hours", {"day": "1", "opens": "9:00", "closes": "12:00"})

MADE = {
    Topic: {"name": "შრომა", "slug": "work"},
    Audience: {"name": "ოჯახები", "slug": "families"},
    Place: {"name": "ბათუმი", "slug": "batumi", "kind": "municipality"},
    PublicPerson: {"name": "ნინო მაგალითაძე"},
    PublicOrganisation: {"name": "ხიდის ფონდი", "kind": "civic"},
    Contact: {"label": "მისაღები", "phone": "+995 32 200 00 00"},
    OpeningHours: {"label": "მისაღები", **stream("times", MONDAY), **stream("exceptions")},
    SiteNotice: {"text": "ორშაბათს დაკეტილია"},
}  # fmt: skip
"""What an editor types for each."""

SEARCHED = {kind: next(iter(fields.values())) for kind, fields in MADE.items()}
KINDS = pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.__name__)


def address(kind, name="list", *args):
    return reverse(kind.snippet_viewset.get_url_name(name), args=args)


def chooser(kind, name="choose", *args):
    return reverse(f"wagtailsnippetchoosers_cms_pages_{kind._meta.model_name}:{name}", args=args)


def make(kind, language="ka"):
    """Make a snippet as the editor does, without the form."""
    plain = {
        name: value for name, value in MADE[kind].items() if not name.startswith(("times", "exceptions"))
    }
    return make_snippet(kind, language, **plain)


# --- Who and where ----------------------------------------------------------------------------


@KINDS
@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN])
def test_others_of_the_staff_have_no_business_there(kind, role):
    client, row = editor(role=role), make(kind)
    for name, args in (("list", ()), ("add", ()), ("edit", (row.pk,)), ("delete", (row.pk,))):
        assert client.get(address(kind, name, *args)).status_code in {302, 404}, name
    client.post(address(kind, "delete", row.pk))
    assert kind.objects.filter(pk=row.pk).exists()


@KINDS
def test_every_list_and_form_opens_in_every_language_of_the_admin(kind):
    client, row = editor(), make(kind)
    pages = {"list": (), "add": (), "edit": (row.pk,), "usage": (row.pk,), "history": (row.pk,)}
    for language in LANGUAGES:
        speak(client, language)
        for name, args in {**pages, "delete": (row.pk,)}.items():
            response = client.get(address(kind, name, *args))
            assert response.status_code == 200, name
            assert f'lang="{language}"' in response.content.decode()[:300]


def test_the_menu_of_an_editor_has_pages_first_and_nothing_of_others():
    menu = editor().get(reverse("wagtailadmin_home")).content.decode()
    places = [menu.index(f'"{label}"') for label in ("Pages", "Shared lists", "Directory", "Images")]
    assert places == sorted(places)
    for foreign in ('"Snippets"', '"Jobs"', '"Users"', '"Units"'):
        assert foreign not in menu


# --- The list ---------------------------------------------------------------------------------


@KINDS
def test_a_search_with_quotes_and_other_signs_breaks_nothing(kind):
    client, row = editor(), make(kind)
    for words in ('"', "'", "%", "\\", '"ხიდი" OR', "\0", "x" * 10_000):
        assert client.get(address(kind), {"q": words}).status_code == 200
        assert client.get(chooser(kind, "choose_results"), {"q": words}).status_code == 200
    assert str(row) in client.get(address(kind), {"q": SEARCHED[kind][:4]}).content.decode()
    assert str(row) not in client.get(address(kind), {"q": "nothing like it"}).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_and_choosers_begin_with_the_language_of_the_editor(language):
    client = editor(language)
    for code in ("ar", *LANGUAGES):
        make_snippet(Topic, code, name=f"Topic {code}", slug=f"topic-{code}")
    for response in (client.get(address(Topic)), client.get(chooser(Topic, "choose_results"))):
        shown = response.content.decode()
        places = {code: shown.index(f"Topic {code}") for code in ("ar", *LANGUAGES)}
        assert min(places, key=places.get) == language


def test_a_list_can_be_narrowed_to_a_language_and_a_kind():
    client = editor()
    for code in ("ka", "en"):
        make_snippet(Place, code, name=f"Place {code}", slug="place", kind="region")
    make_snippet(Place, "en", name="Other", slug="other", kind="country")
    locale = Locale.objects.get(language_code="en")
    shown = client.get(address(Place), {"locale": locale.language_code, "kind": "region"}).content.decode()
    assert "Place en" in shown
    assert "Place ka" not in shown
    assert "Other" not in shown


def test_a_list_stays_within_its_budget(django_assert_max_num_queries):
    client = editor()
    region = make_snippet(Place, name="Region", slug="region", kind="region")
    for number in range(30):
        make_snippet(Place, name=f"Place {number}", slug=f"place-{number}", part_of=region)
    client.get(address(Place))
    with django_assert_max_num_queries(60):  # Two for each of the twenty rows: wagtail-localize's buttons.
        client.get(address(Place))


# --- The chooser ------------------------------------------------------------------------------


@KINDS
def test_the_chooser_opens_finds_and_gives(kind):
    client, row = editor(), make(kind)
    assert client.get(chooser(kind)).status_code == 200
    found = client.get(chooser(kind, "choose_results"), {"q": SEARCHED[kind][:4], "locale": "ka"})
    assert str(row) in found.content.decode()
    assert client.get(chooser(kind, "chosen", row.pk)).json()["result"]["string"] == str(row)
    assert client.post(chooser(kind, "create"), {}).status_code == 404


# --- The form ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_editor_adds_is_in_their_language_unless_they_choose_another(language):
    for code in ("ar", language):
        Locale.objects.get_or_create(language_code=code)
    client = editor(language)
    client.post(address(SiteNotice, "add"), {"text": "mine"})
    client.post(f"{address(SiteNotice, 'add')}?locale=ar", {"text": "theirs"})
    found = dict(SiteNotice.objects.values_list("text", "locale__language_code"))
    assert found == {"mine": language, "theirs": "ar"}
    assert client.get(f"{address(SiteNotice, 'add')}?locale=xx").status_code == 404


@KINDS
def test_what_an_editor_types_is_kept(kind):
    client = editor("ka")
    response = client.post(f"{address(kind, 'add')}?locale=ka", MADE[kind])
    assert response.status_code == 302, errors_of(response)
    row = kind.objects.get()
    assert (str(row), row.locale.language_code) == (SEARCHED[kind], "ka")


WRONG = [
    (Topic, {"slug": ""}, {"slug"}),
    (Topic, {"slug": "with space"}, {"slug"}),
    (Topic, {"name": "x" * 101}, {"name"}),
    (Place, {"kind": "planet"}, {"kind"}),
    (Place, {"part_of": "999"}, {"part_of"}),
    (PublicOrganisation, {"website": "javascript:alert(1)"}, {"website"}),
    (PublicPerson, {"name": "Nino\0"}, {"name"}),
    (Contact, {"phone": ""}, {"__all__"}),
    (Contact, {"phone": "ring me"}, {"phone"}),
    (Contact, {"email": "nobody"}, {"email"}),
    (SiteNotice, {"text": ""}, {"text"}),
    (SiteNotice, {"begins": "2026-03-02 10:00", "ends": "2026-03-02 09:00"}, {"ends"}),
    (OpeningHours, {"times-0-value-closes": "8:00"}, {"times"}),
    (OpeningHours, {"times-0-value-day": "8"}, {"times"}),
]


@pytest.mark.parametrize(("kind", "wrong", "fields"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(kind, wrong, fields):
    client = editor()
    response = client.post(f"{address(kind, 'add')}?locale=ka", {**MADE[kind], **wrong})
    found = errors_of(response)
    assert set(found) == fields
    assert all(messages and all(messages) for messages in found.values())
    assert not kind.objects.exists()
    kept = [
        value
        for name, value in {**MADE[kind], **wrong}.items()
        if value and name != "part_of" and "-" not in name
    ]
    assert all(value.replace("\0", "")[:50] in response.content.decode() for value in kept)


def test_the_same_slug_twice_in_a_language_is_refused():
    client = editor()
    make(Topic)
    Locale.objects.get_or_create(language_code="en")
    assert errors_of(client.post(f"{address(Topic, 'add')}?locale=ka", MADE[Topic]))
    response = client.post(f"{address(Topic, 'add')}?locale=en", MADE[Topic])
    assert response.status_code == 302
    assert Topic.objects.count() == 2


@KINDS
def test_a_form_with_parts_missing_is_a_bad_request_and_no_fault_of_ours(kind):
    assert editor().post(address(kind, "add"), {"nonsense": "1"}).status_code in {200, 400}


def test_a_place_that_holds_others_cannot_be_deleted():
    client = editor()
    region = make_snippet(Place, name="Region", slug="region", kind="region")
    make_snippet(Place, name="Part", slug="part", part_of=region)
    response = client.post(address(Place, "delete", region.pk))
    assert response.status_code in {200, 302}
    assert Place.objects.filter(pk=region.pk).exists()
    several = reverse("wagtail_bulk_action", args=("cms_pages", "place", "delete"))
    assert client.post(f"{several}?id={region.pk}").status_code in {200, 302}
    assert Place.objects.filter(pk=region.pk).exists()


def test_a_place_does_not_lie_in_itself():
    region = make_snippet(Place, name="Region", slug="region", kind="region")
    part = make_snippet(Place, name="Part", slug="part", part_of=region)
    for place, inside in ((region, region), (region, part)):
        place.part_of = inside
        with override("en"), pytest.raises(ValidationError) as caught:
            place.clean()
        assert set(caught.value.message_dict) == {"part_of"}


def test_a_page_stays_when_its_contact_goes():
    home = make_homes()["ka"]
    contact = make(Contact)
    section = make_page(SectionPage, parent=home)
    project = make_page(ProjectPage, parent=section, contact=contact)
    contact.delete()
    project.refresh_from_db()
    assert project.contact is None


# --- Hours ------------------------------------------------------------------------------------


def faults(block, **value):
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(value))
    return set(caught.value.block_errors)


@pytest.mark.parametrize("closes", ["08:59", "09:00"])
def test_hours_that_end_before_they_begin_are_refused(closes):
    assert faults(HoursBlock(), day="1", opens="09:00", closes=closes) == {"closes"}


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ({"last": "2026-01-06"}, {"last"}),
        ({"opens": "09:00"}, {"closes"}),
        ({"closes": "09:00"}, {"opens"}),
        ({"opens": "09:00", "closes": "08:00"}, {"closes"}),
        ({"last": "2026-01-06", "opens": "09:00"}, {"last", "closes"}),
    ],
)
def test_an_exception_has_an_order_and_both_hours_or_none(value, fields):
    whole = {"first": "2026-01-07", "last": None, "opens": None, "closes": None, "reason": ""}
    assert faults(ExceptionBlock(), **{**whole, **value}) == fields
    assert ExceptionBlock().clean(ExceptionBlock().to_python(whole))


# --- Translation ------------------------------------------------------------------------------


@KINDS
def test_a_snippet_is_submitted_for_translation(kind):
    client, row = editor(), make(kind)
    italian, _ = Locale.objects.get_or_create(language_code="it")
    submit = reverse(
        "wagtail_localize:submit_snippet_translation", args=("cms_pages", kind._meta.model_name, row.pk)
    )
    assert client.get(submit).status_code == 200
    assert client.post(submit, {"locales": [italian.pk]}).status_code == 302
    translated = row.get_translation(italian)
    assert translated.pk != row.pk
    assert client.get(address(kind, "edit", translated.pk)).status_code == 200


@KINDS
def test_a_translation_says_the_new_words_and_keeps_codes(kind):
    row = make(kind)
    italian, _ = Locale.objects.get_or_create(language_code="it")
    source, _ = TranslationSource.update_or_create_from_instance(row)
    translation = Translation.objects.create(source=source, target_locale=italian)
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, locale=italian, context=segment.context, data="Parola"
        )
    translation.save_target()
    translated = row.get_translation(italian)
    assert str(translated) == "Parola"
    for code in ("slug", "phone", "kind"):
        if hasattr(row, code):
            assert getattr(translated, code) == getattr(row, code)


def test_a_notice_says_until_when_it_is_shown():
    make_snippet(SiteNotice, text="Closed", ends=datetime(2031, 3, 2, 6, 0, tzinfo=UTC))
    row = editor("de").get(address(SiteNotice)).content.decode()
    assert "02.03.2031, 10:00" in row
