from datetime import timedelta

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.db.migrations.writer import MigrationWriter
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.core.blocks import LetterBlock
from cms.core.streams import LeanStreamField
from cms.pages.blocks.doors import DoorBlock, PathBlock
from cms.pages.models import (
    Contact,
    HomePage,
    NewsIndexPage,
    NewsPage,
    SectionPage,
    ServicePage,
    SiteNotice,
    StandardPage,
)
from tests.pages.factories import draft, make_home, make_homes, make_page, make_snippet, shut, translate

pytestmark = pytest.mark.django_db


def parsed(response):
    assert response.status_code == 200
    return html5lib.parse(response.content, namespaceHTMLElements=False)


@pytest.mark.parametrize(("language", "direction"), [("ka", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_home_speaks_the_language_of_its_address(client, language, direction):
    home = make_homes("en", "ar")[language]
    tree = parsed(client.get(f"/{language}/"))
    assert (tree.get("lang"), tree.get("dir")) == (language, direction)
    assert [heading.text for heading in tree.iter("h1")] == [home.title]


def test_doors_lead_into_the_same_language(client):
    make_homes("ar")
    doors = next(item for item in parsed(client.get("/ar/")).iter("ul") if item.get("class") == "doors")
    assert [link.get("href") for link in doors.iter("a")] == ["/ar/account/login/", "/ar/display/"]
    arches = [item for item in doors.iter("span") if item.get("class") == "arch"]
    assert {(arch.get("lang"), arch.get("aria-hidden")) for arch in arches} == {("ka", "true")}


def test_a_door_to_a_page_leads_to_its_translation(client):
    homes = make_homes("en")
    homes["en"].doors = [
        ("door", {"letter": "ს", "title": "Home", "text": "", "page": homes["ka"], "path": ""})
    ]
    homes["en"].save_revision().publish()
    doors = next(item for item in parsed(client.get("/en/")).iter("ul") if item.get("class") == "doors")
    assert [link.get("href") for link in doors.iter("a")] == ["/en/"]


@pytest.mark.parametrize("close", [draft, shut])
def test_a_door_to_a_page_that_is_not_public_is_not_there(client, close):
    home = make_homes("en")["ka"]
    page = close(make_page(SectionPage, parent=home, slug="offices"))
    home.doors = [("door", {"letter": "ს", "title": "Hidden", "text": "", "page": page, "path": ""})]
    home.save_revision().publish()
    assert "Hidden" not in client.get("/ka/").content.decode()


def notices(client, language="ka"):
    boxes = [
        item
        for item in parsed(client.get(f"/{language}/")).iter("div")
        if "notice" in (item.get("class") or "")
    ]
    return [("".join(box.itertext()).strip(), box.get("class"), box.get("lang")) for box in boxes]


def test_notices_of_this_moment_are_shown_the_urgent_first_then_the_newest(client, stopped_clock):
    make_home()
    now, hour = stopped_clock.now, timedelta(hours=1)
    make_snippet(SiteNotice, text="always")
    make_snippet(SiteNotice, text="now", urgent=True, begins=now, ends=now + hour)
    make_snippet(SiteNotice, text="over", ends=now)
    make_snippet(SiteNotice, text="later", begins=now + hour)
    assert notices(client) == [("now", "notice warn", None), ("always", "notice", None)]
    stopped_clock.move(hours=1)
    assert [text for text, *_ in notices(client)] == ["later", "always"]


def test_a_notice_speaks_the_readers_language_or_says_which(client):
    make_homes("en", "ar")
    notice = make_snippet(SiteNotice, text="დაკეტილია")
    translate(notice, "en", text="Closed")
    assert notices(client, "en") == [("Closed", "notice", None)]
    assert notices(client, "ar") == [("Closed", "notice", "en")]
    assert notices(client, "ka") == [("დაკეტილია", "notice", None)]


def test_a_notice_is_escaped_and_leads_only_to_what_is_public(client):
    home = make_homes("en")["ka"]
    page = make_page(SectionPage, parent=home, slug="offices", title="ოფისები")
    make_snippet(SiteNotice, text="<b>Closed</b>", page=page)
    assert notices(client)[0][0] == "<b>Closed</b> ოფისები"
    draft(page)
    assert notices(client)[0][0] == "<b>Closed</b>"


@pytest.mark.django_db(transaction=True)
def test_a_full_home_asks_few_questions(client, django_assert_max_num_queries):
    home = make_homes("en")["ka"]
    news = make_page(NewsIndexPage, parent=home, slug="news")
    services = make_page(SectionPage, parent=home, slug="services")
    for _ in range(3):
        make_page(NewsPage, parent=news)
        make_page(ServicePage, parent=services)
    value = {"title": "List", "topic": None, "place": None, "count": 3}
    home.lists = [
        {"type": "listing", "value": value | {"source": source.pk, "layout": layout}}
        for source, layout in ((news, "entries"), (services, "entries"), (news, "arches"))
    ]
    home.save_revision().publish()
    make_snippet(SiteNotice, text="Closed", page=services)
    client.get("/ka/")
    with django_assert_max_num_queries(14):
        client.get("/ka/")


def test_the_switch_knows_published_translations_only(client):
    homes = make_homes("en", "ar")
    homes["ar"].unpublish()
    tree = parsed(client.get("/ka/"))
    assert client.get("/ka/").context["translations"] == {"ka": "/ka/", "en": "/en/"}
    switch = {link.get("lang"): link for link in tree.iter("a") if link.get("hreflang")}
    assert switch["en"].get("href") == "/en/"
    # Nobody has translated it into Arabic: the link says that one reads English there.
    assert (switch["ar"].get("href"), switch["ar"].get("hreflang")) == ("/ar/", "en")
    assert switch["ar"].get("class") == "missing"


def test_what_editors_write_is_escaped(client):
    home = make_home()
    home.title = "<script>alert(1)</script>"
    home.lead = "<b>bold</b>"
    home.save_revision().publish()
    tree = parsed(client.get("/ka/"))
    assert [heading.text for heading in tree.iter("h1")] == ["<script>alert(1)</script>"]
    assert "<b>bold" in "".join(next(tree.iter("main")).itertext())


@pytest.mark.django_db(transaction=True)
def test_home_asks_few_questions(client, django_assert_max_num_queries):
    make_homes("en", "ar")
    client.get("/ka/")
    with django_assert_max_num_queries(14):
        client.get("/ka/")


def test_home_starts_no_session(client):
    make_home()
    response = client.get("/ka/")
    assert response.cookies == {}


def test_home_stands_at_the_top_and_nothing_under_it_yet():
    assert HomePage.can_create_at(Page.objects.get(depth=1))
    assert not HomePage.can_create_at(make_home())


@pytest.mark.parametrize("wrong", ["a", "კა", "Ა", "1", "<"])
def test_an_arch_takes_one_georgian_letter(wrong):
    with pytest.raises(ValidationError):
        LetterBlock().clean(wrong)
    assert LetterBlock().clean("ხ") == "ხ"


@pytest.mark.parametrize(
    "wrong",
    ["/account/", "//evil.example/", "https://evil.example/", "javascript:alert(1)", "account", "../"],
)
def test_a_path_stays_on_the_site(wrong):
    with pytest.raises(ValidationError):
        PathBlock().clean(wrong)
    assert PathBlock().clean("account/login/") == "account/login/"


def test_letters_and_paths_are_not_translated():
    source, _created = TranslationSource.update_or_create_from_instance(make_home())
    texts = set(source.stringsegment_set.values_list("string__data", flat=True))
    assert "შესვლა" in texts
    assert not texts & {"შ", "ე", "account/login/", "display/"}


def test_no_block_is_written_into_migrations():
    field = LeanStreamField([("door", DoorBlock())], blank=True)
    field.name = "doors"
    assert MigrationWriter.serialize(field)[0] == "cms.core.streams.LeanStreamField([], blank=True)"


@pytest.mark.parametrize("both", [True, False])
def test_a_door_leads_to_exactly_one_place(both):
    places = {"page": make_home(), "path": "display/"} if both else {"page": None, "path": ""}
    block = DoorBlock()
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(block.normalize({"letter": "შ", "title": "Sign in", "text": ""} | places))
    assert set(refusal.value.block_errors) == {"path"}


def test_the_office_is_named_on_every_page(client):
    home = make_homes("en")["en"]
    contact = make_snippet(
        Contact, "en", label="Office", email="office@khidi.example", phone="+995 555 01 00 10"
    )
    home.menu_title, home.about, home.contact = "Zelvara Office", "Asking costs nothing.", contact
    home.save_revision().publish()
    for path in ("/en/", "/en/display/", "/en/account/login/"):
        tree = parsed(client.get(path))
        assert tree.find("head/title").text.endswith(" – Zelvara Office")
        words = " ".join("".join(tree.itertext()).split())
        assert "Asking costs nothing." in words
        assert {"mailto:office@khidi.example", "tel:+995555010010"} <= {a.get("href") for a in tree.iter("a")}


def test_a_short_title_stands_in_menu_and_path(client):
    home = make_home()
    section = make_page(
        SectionPage, parent=home, title="A long title", menu_title="Short", show_in_menus=True
    )
    page = make_page(StandardPage, parent=home, title="Another long title", menu_title="Other")
    assert [item.label for item in client.get(page.url).context["menu"]] == ["Short"]
    crumbs = next(nav for nav in parsed(client.get(page.url)).iter("nav") if nav.get("class") == "crumbs")
    assert "".join(crumbs.itertext()).endswith("Other")
    assert [heading.text for heading in parsed(client.get(section.url)).iter("h1")] == ["A long title"]


def test_a_translated_home_is_named_by_its_language():
    homes = make_homes("en")
    source, _created = TranslationSource.update_or_create_from_instance(homes["ka"])
    for language in ("en", "it"):
        locale = Locale.objects.get_or_create(language_code=language)[0]
        Translation.objects.create(source=source, target_locale=locale).save_target()
    slugs = HomePage.objects.order_by("pk").values_list("slug", "locale__language_code")
    assert [slug for slug, _language in slugs] == [language for _slug, language in slugs]
