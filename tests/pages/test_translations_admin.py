import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from cms.accounts.domain.sync_rights import sync_rights
from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.jobs.models import Job
from cms.jobs.runner import run_due
from cms.pages.models import Rewording, SectionPage, StandardPage
from tests.accounts.factories import UnitFactory, UserFactory, person_with
from tests.pages.translating import (
    PARAGRAPHS,
    home_in,
    make_story,
    make_topic,
    rewrite,
    submit,
    translate,
    translated_story,
)
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

FIRST, OPEN, PASSPORT, TALK, CHILDREN = PARAGRAPHS
LATER = OPEN.replace("Mondays", "<b>Tuesdays</b>")
INDEX = "/admin/translations/"


def in_english(person):
    person.preferred_language = "en"
    person.save()
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": "en"})
    return person


@pytest.fixture
def boss(client):
    return sign_in(client, in_english(UserFactory(superuser=True)))


@pytest.fixture
def stale_story():
    story, translations = translated_story("it", "de")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    return story, translations


def editor_of(*pages):
    """Return an editor whose unit writes below these pages."""
    person = in_english(person_with(Role.EDITOR, UnitFactory(root_page=pages[0])))
    sync_rights(person)
    for page in pages[1:]:
        held = GroupPagePermission.objects.filter(group__user=person, page=pages[0])
        for permission in held:
            GroupPagePermission.objects.create(
                group=permission.group, permission=permission.permission, page=page
            )
    return person


def page_in(language, model=StandardPage):
    return model.objects.get(locale__language_code=language)


def line_keys(response):
    return [int(key) for key in re.findall(r'data-segment="(\d+)"', response.content.decode())]


def detail(translation):
    return reverse("translations:detail", args=[translation.pk])


def keep(translation, segment):
    return reverse("translations:keep", args=[translation.pk, segment])


# --- Who sees what ----------------------------------------------------------------------------


def test_an_editor_of_another_section_sees_nothing(client, stale_story):
    story, translations = stale_story
    home = story.get_parent()
    section = home.add_child(instance=SectionPage(title="Else", slug="else", letter="ა", locale=home.locale))
    sign_in(client, editor_of(section))
    segment = translations["it"].source.stringsegment_set.first().pk

    table = client.get(INDEX)
    assert table.status_code == 200
    assert story.title.encode() not in table.content
    assert b"Else" in table.content
    assert client.get(detail(translations["it"])).status_code == 404
    assert client.post(keep(translations["it"], segment)).status_code == 404
    assert b"is out of date." not in client.get("/admin/").content
    assert not Entry.objects.filter(action="pages.keep_translation").exists()


def test_who_edits_one_language_sees_that_language_only(client, stale_story):
    _story, translations = stale_story
    person, italian = editor_of(page_in("it")), page_in("it")
    GroupPagePermission.objects.filter(group__user=person).exclude(page=italian).delete()
    sign_in(client, person)
    table = client.get(INDEX).content.decode()
    assert detail(translations["it"]) in table
    assert detail(translations["de"]) not in table
    assert client.get(detail(translations["it"])).status_code == 200
    assert client.get(detail(translations["de"])).status_code == 404


@pytest.mark.parametrize("role", [Role.APPROVER])
def test_who_edits_nothing_finds_no_door(client, stale_story, role):
    _story, translations = stale_story
    sign_in(client, in_english(person_with(role, UnitFactory())))
    assert client.get(INDEX).status_code == 404
    assert client.get(detail(translations["it"])).status_code == 404
    assert INDEX not in client.get("/admin/").content.decode()


def test_snippets_are_for_those_who_may_change_them(client):
    translation = submit(make_topic("Jobs abroad"), "it")["it"]
    translate(translation)
    editor = editor_of(home_in())
    right = Permission.objects.get(codename="change_topic")
    for group in editor.groups.all():
        group.permissions.remove(right)
    sign_in(client, editor)
    assert client.get(detail(translation)).status_code == 404
    assert b"Jobs abroad" not in client.get(INDEX).content
    editor.user_permissions.add(right)
    assert client.get(detail(translation)).status_code == 200
    assert b"Jobs abroad" in client.get(INDEX).content


def test_looking_changes_nothing(boss, stale_story):
    story, translations = stale_story
    before = (
        list(StringTranslation.objects.order_by("pk").values()),
        list(Rewording.objects.values()),
        Job.objects.count(),
        Entry.objects.count(),
    )
    segment = line_keys(boss.get(detail(translations["it"])))[0]
    boss.get(INDEX, {"state": "stale", "language": "it", "kind": "cms_pages.standardpage", "p": "x"})
    boss.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    assert boss.get(keep(translations["it"], segment)).status_code == 405
    assert before == (
        list(StringTranslation.objects.order_by("pk").values()),
        list(Rewording.objects.values()),
        Job.objects.count(),
        Entry.objects.count(),
    )


# --- The table --------------------------------------------------------------------------------


def cells(response, title):
    (row,) = [row for row in response.context["rows"] if row["title"] == title]
    return {
        name: [(part["state"], part["words"]) for part in cell["parts"]]
        or (cell["cell"].state if not cell["source"] else "source")
        for name, cell in zip(response.context["languages"], row["cells"], strict=True)
    }


def test_the_table_counts_words_by_language(boss, stale_story):
    story, translations = stale_story
    translate(translations["de"], only="Tuesdays", kind="machine")
    Locale.objects.get_or_create(language_code="ar")
    assert cells(boss.get(INDEX), story.title) == {
        "English": "source",
        "Italian": [("stale", 14)],
        "German": [("machine", 14)],
        "Arabic": "absent",
        **({"Georgian": "absent"} if Locale.objects.filter(language_code="ka").exists() else {}),
    }


def test_a_translation_that_was_stopped_stands_on_its_own(boss, stale_story):
    story, translations = stale_story
    translations["it"].enabled = False
    translations["it"].save()
    assert cells(boss.get(INDEX), story.title)["Italian"] == "apart"
    assert boss.get(detail(translations["it"])).status_code == 404


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"state": "stale"}, {"Advice"}),
        ({"state": "complete"}, {"Whole"}),
        ({"state": "stale", "language": "de"}, {"Advice"}),
        ({"state": "absent", "language": "de"}, {"Whole", "Work"}),
        ({"kind": "cms_pages.topic"}, {"Work"}),
        ({"kind": "no.such", "state": "x", "language": "\0"}, {"Advice", "Whole", "Work"}),
    ],
)
def test_the_table_is_narrowed(boss, stale_story, query, titles):
    translated_story("it", home=stale_story[0].get_parent().specific, title="Whole", slug="whole")
    make_topic()
    shown = {row["title"] for row in boss.get(INDEX, query).context["rows"]}
    assert shown & {"Advice", "Whole", "Work"} == titles


def test_many_things_come_in_pages_and_cost_the_same(boss, django_assert_max_num_queries):
    home = home_in()
    counts = []
    for upto in (3, 30):
        for number in range(StandardPage.objects.filter(locale=home.locale).count(), upto):
            translated_story("it", home=home, paragraphs=[FIRST], title=f"Story {number}", slug=f"s-{number}")
        boss.get(INDEX)
        with django_assert_max_num_queries(60) as asked:
            response = boss.get(INDEX)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(response.context["rows"]) == 20
    assert 10 <= len(boss.get(INDEX, {"p": "2"}).context["rows"]) < 20


# --- One translation --------------------------------------------------------------------------


def test_the_changed_words_are_marked_and_escaped(boss, stale_story):
    story, translations = stale_story
    rewrite(story, FIRST, OPEN.replace("Mondays", "&lt;i&gt;Fridays"), PASSPORT, TALK, CHILDREN)
    body = boss.get(detail(translations["it"])).content.decode()
    assert "We are open on <del>Mondays</del> from 10:00" in body
    assert "We are open on <ins>&lt;i&gt;Fridays</ins> from 10:00" in body
    assert f"it {OPEN}" in body
    assert body.count("<del>") == body.count("<ins>") == 1


def test_the_way_to_the_editor_leads_to_the_sentence(boss, stale_story):
    _story, translations = stale_story
    body = boss.get(detail(translations["it"])).content.decode()
    address = reverse("wagtailadmin_pages:edit", args=[page_in("it").pk])
    assert f'href="{address}#:~:text=We%20are%20open%20on%20%3Cb%3ETuesdays%3C%2Fb%3E%20from"' in body


def test_it_still_fits(boss, stale_story):
    _story, translations = stale_story
    address = detail(translations["it"])
    (segment,) = line_keys(boss.get(address))
    response = boss.post(keep(translations["it"], segment), follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert line_keys(response) == []
    assert len(line_keys(boss.get(detail(translations["de"])))) == 1
    assert Entry.objects.filter(action="pages.keep_translation").count() == 1


def test_a_sentence_that_changed_meanwhile_is_not_kept(boss, stale_story):
    story, translations = stale_story
    (segment,) = line_keys(boss.get(detail(translations["it"])))
    rewrite(story, FIRST, OPEN.replace("Mondays", "Fridays"), PASSPORT, TALK, CHILDREN)
    response = boss.post(keep(translations["it"], segment), follow=True)
    assert "has changed in the meantime" in response.content.decode()
    assert not Entry.objects.filter(action="pages.keep_translation").exists()


def test_only_a_link_changed(boss):
    story, translations = translated_story("it", paragraphs=["Ring the office first."])
    rewrite(story, "Ring <b>the office</b> first.")
    body = boss.get(detail(translations["it"])).content.decode()
    assert "The words are the same" in body
    assert "<del>" not in body


def test_machine_and_missing_sentences_are_listed_too(boss):
    translation = submit(make_story(home_in(), FIRST, OPEN), "it")["it"]
    translate(translation, kind="machine", only="Everybody")
    response = boss.get(detail(translation))
    assert [len(response.context[name]) for name in ("stale", "machine", "missing")] == [0, 1, 3]


# --- Where editors come by --------------------------------------------------------------------


def test_the_editors_of_source_and_translation_say_so(boss, stale_story):
    story, translations = stale_story
    at_source = boss.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "Italian: 1 sentence is out of date." in at_source
    assert "German: 1 sentence is out of date." in at_source
    assert detail(translations["it"]) in at_source
    at_target = boss.get(reverse("wagtailadmin_pages:edit", args=[page_in("it").pk])).content.decode()
    assert "js-translation-editor" in at_target
    assert "Italian: 1 sentence is out of date." in at_target
    assert "German: 1 sentence" not in at_target


def test_a_snippet_says_so(boss):
    topic = make_topic()
    translation = submit(topic, "it")["it"]
    translate(translation)
    topic.name = "Work and training"
    topic.save()
    run_due()
    address = reverse(topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])
    assert "Italian: 1 sentence is out of date." in boss.get(address).content.decode()


def test_what_is_up_to_date_says_nothing(boss):
    story, _translations = translated_story("it")
    body = boss.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "is out of date." not in body
    assert "Translations to look at" not in boss.get("/admin/").content.decode()


def test_the_first_page_of_the_admin_lists_what_fell_behind(boss, stale_story):
    _story, translations = stale_story
    body = boss.get("/admin/").content.decode()
    assert "Translations to look at" in body
    assert detail(translations["it"]) in body
    assert INDEX in body
    translate(translations["it"], only="Tuesdays")
    assert detail(translations["it"]) not in boss.get("/admin/").content.decode()
