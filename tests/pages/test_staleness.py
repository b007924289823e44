from collections import Counter

import pytest
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.jobs.models import Job
from cms.jobs.runner import run_due
from cms.pages.domain.keep_translation import LinksChangedError, keep_translation
from cms.pages.domain.refresh_source import refresh_source
from cms.pages.enums import TranslationState
from cms.pages.models import Rewording, StandardPage
from cms.pages.staleness.lines import lines, stale, tallies
from cms.pages.staleness.queries import with_source
from tests.accounts.factories import UnitFactory, person_with
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

pytestmark = pytest.mark.django_db

FIRST, OPEN, PASSPORT, TALK, CHILDREN = PARAGRAPHS
LATER = OPEN.replace("Mondays", "Tuesdays")


def states(translation):
    return Counter(line.state for line in lines([translation])[translation.pk])


# --- What must not be stale -------------------------------------------------------------------


def test_a_draft_makes_nothing_stale():
    story, translations = translated_story("it")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN, publish=False)
    refresh_source(source_id=translations["it"].source_id)
    assert stale(translations["it"]) == []
    assert not Rewording.objects.exists()


def test_a_source_that_was_never_published_is_left_alone():
    home = home_in()
    draft = home.add_child(instance=StandardPage(title="Draft", slug="draft", live=False, locale=home.locale))
    translation = submit(draft, "it")["it"]
    Page.objects.filter(pk=draft.pk).update(title="Changed")
    refresh_source(source_id=translation.source_id)
    assert set(translation.source.stringsegment_set.values_list("string__data", flat=True)) >= {"Draft"}


def test_what_is_rolled_back_queues_nothing():
    story, _translations = translated_story("it")
    Job.objects.all().delete()
    with transaction.atomic():
        story.save_revision().publish()
        transaction.set_rollback(True)
    assert not Job.objects.filter(kind="pages.refresh_source").exists()


def test_pages_without_translations_queue_nothing():
    make_story(home_in(), FIRST)
    assert not Job.objects.filter(kind="pages.refresh_source").exists()


def test_what_is_new_or_moved_or_gone_is_not_stale():
    story, translations = translated_story("it")
    rewrite(story, "Brand new and never seen.", PASSPORT, FIRST, OPEN, CHILDREN)
    assert stale(translations["it"]) == []
    assert states(translations["it"])[TranslationState.MISSING] == 1


def test_a_wording_that_comes_back_has_its_translation_back():
    story, translations = translated_story("it")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    rewrite(story, *PARAGRAPHS)
    assert stale(translations["it"]) == []
    assert set(states(translations["it"])) == {TranslationState.COMPLETE}


def test_the_job_of_something_deleted_does_nothing():
    _story, translations = translated_story("it")
    source_id = translations["it"].source_id
    StandardPage.objects.all().delete()
    refresh_source(source_id=source_id)
    TranslationSource.objects.all().delete()
    refresh_source(source_id=source_id)


# --- What is stale ----------------------------------------------------------------------------


def test_one_sentence_of_five_paragraphs_makes_one_stale():
    story, translations = translated_story("it", "de")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    for code, translation in translations.items():
        (line,) = stale(translation)
        assert (line.earlier, line.text, line.translation) == (OPEN, LATER, f"{code} {OPEN}")
        assert states(translation)[TranslationState.STALE] == 1
        assert states(translation)[TranslationState.MISSING] == 0


def test_published_translations_stay_as_they_are():
    story, _translations = translated_story("it")
    italian = StandardPage.objects.get(locale__language_code="it")
    before = italian.body.raw_data[0]["value"]
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    italian.refresh_from_db()
    assert italian.body.raw_data[0]["value"] == before
    assert f"it {OPEN}" in before


def test_an_edit_beside_a_new_and_a_dropped_paragraph():
    story, translations = translated_story("it")
    rewrite(story, FIRST, "There is tea.", LATER, TALK, CHILDREN)
    (line,) = stale(translations["it"])
    assert (line.earlier, line.text) == (OPEN, LATER)
    assert states(translations["it"])[TranslationState.MISSING] == 1


def test_several_edits_lead_back_to_what_was_translated():
    story, translations = translated_story("it")
    for day in ("Tuesdays", "Wednesdays", "Fridays"):
        rewrite(story, FIRST, OPEN.replace("Mondays", day), PASSPORT, TALK, CHILDREN)
    (line,) = stale(translations["it"])
    assert line.earlier == OPEN
    assert "Fridays" in line.text


def test_each_language_goes_back_to_its_own_translation():
    story, translations = translated_story("it", "de")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    translate(translations["de"], only="Tuesdays")
    rewrite(story, FIRST, OPEN.replace("Mondays", "Fridays"), PASSPORT, TALK, CHILDREN)
    assert [stale(translations[code])[0].earlier for code in ("it", "de")] == [OPEN, LATER]


def test_a_rewritten_paragraph_is_stale_whatever_its_words():
    story, translations = translated_story("it")
    rewrite(story, FIRST, "Nothing of before.", PASSPORT, TALK, CHILDREN)
    assert [line.earlier for line in stale(translations["it"])] == [OPEN]


def test_wagtail_localize_itself_may_take_over_the_source():
    story, translations = translated_story("it")
    story = StandardPage.objects.get(pk=story.pk)
    story.title = "Advice for all"
    story.save_revision().publish()
    TranslationSource.update_or_create_from_instance(story)  # before our job has run
    run_due()
    assert [line.earlier for line in stale(translations["it"])] == ["Advice"]


def test_a_snippet_without_drafts_counts_when_saved():
    topic = make_topic()
    translation = submit(topic, "it")["it"]
    translate(translation)
    topic.name = "Work and training"
    topic.save()
    run_due()
    (line,) = stale(translation)
    assert (line.earlier, line.text, line.translation) == ("Work", "Work and training", "it Work")


def test_the_job_may_run_twice():
    story, translations = translated_story("it")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    before = stale(translations["it"])
    refresh_source(source_id=translations["it"].source_id)
    assert stale(translations["it"]) == before
    assert Rewording.objects.count() == 1


def test_the_same_sentence_on_two_pages_is_stale_on_one():
    home = home_in()
    story, translations = translated_story("it", home=home)
    _other, others = translated_story("it", home=home, title="More", slug="more")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    assert (len(stale(translations["it"])), len(stale(others["it"]))) == (1, 0)


def test_translated_and_published_is_up_to_date_at_once():
    story, translations = translated_story("it")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    translate(translations["it"], only="Tuesdays")
    assert stale(translations["it"]) == []
    assert "it We are open on Tuesdays" in str(
        StandardPage.objects.get(locale__language_code="it").body.raw_data[0]
    )


def test_machines_and_gaps_are_told_apart_and_counted_in_words():
    story = make_story(home_in(), *PARAGRAPHS)
    translation = submit(story, "it")["it"]
    translate(translation, kind="machine", only="passport")
    tally = tallies([translation])[translation.pk]
    assert (tally.sentences[TranslationState.MACHINE], tally.words[TranslationState.MACHINE]) == (1, 7)
    assert tally.state == TranslationState.MISSING
    translate(translation, kind="machine")
    assert tallies([translation])[translation.pk].state == TranslationState.MACHINE


def test_any_number_of_translations_costs_three_questions(django_assert_num_queries):
    home = home_in()
    for number in range(4):
        story, _ = translated_story("it", "de", home=home, slug=f"story-{number}")
        rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    for some in (2, 8):
        chosen = list(with_source()[:some])
        with django_assert_num_queries(3):
            assert sum(tally.sentences["stale"] for tally in tallies(chosen).values()) == some


# --- It still fits ----------------------------------------------------------------------------


@pytest.fixture
def editor():
    return person_with(Role.EDITOR, UnitFactory())


def test_a_translation_that_still_fits_is_kept(editor):
    story, translations = translated_story("it")
    rewrite(story, FIRST, OPEN.replace("Please ring", "Kindly ring"), PASSPORT, TALK, CHILDREN)
    (line,) = stale(translations["it"])
    assert keep_translation(line=line, by=editor)
    assert stale(translations["it"]) == []
    kept = StringTranslation.objects.get(translation_of_id=line.string_id)
    assert (kept.data, kept.last_translated_by) == (f"it {OPEN}", editor)
    entry = Entry.objects.get(action="pages.keep_translation")
    assert (entry.actor_id, entry.details["language"]) == (editor.pk, "it")
    translations["it"].save_target(publish=True)
    assert f"it {OPEN}" in str(StandardPage.objects.get(locale__language_code="it").body.raw_data[0])


def test_a_kept_translation_is_stale_again_after_the_next_change(editor):
    story, translations = translated_story("it")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    keep_translation(line=stale(translations["it"])[0], by=editor)
    rewrite(story, FIRST, OPEN.replace("Mondays", "Fridays"), PASSPORT, TALK, CHILDREN)
    assert stale(translations["it"])[0].earlier == LATER


def test_what_is_up_to_date_or_missing_cannot_be_kept(editor):
    translation = submit(make_story(home_in(), FIRST), "it")["it"]
    assert not keep_translation(line=lines([translation])[translation.pk][0], by=editor)
    translate(translation)
    assert not keep_translation(line=lines([translation])[translation.pk][0], by=editor)
    assert not Entry.objects.filter(action="pages.keep_translation").exists()


def test_a_translation_with_a_link_that_is_gone_is_not_kept(editor):
    story, translations = translated_story("it", paragraphs=['Ring <a href="tel:1">the office</a> first.'])
    rewrite(story, "Ring the office first.")
    (line,) = stale(translations["it"])
    with pytest.raises(LinksChangedError):
        keep_translation(line=line, by=editor)
    assert len(stale(translations["it"])) == 1


def test_a_machine_s_sentence_is_a_person_s_once_kept(editor):
    translation = submit(make_story(home_in(), FIRST), "it")["it"]
    translate(translation, kind="machine")
    for line in lines([translation])[translation.pk]:
        assert keep_translation(line=line, by=editor)
    assert tallies([translation])[translation.pk].state == TranslationState.COMPLETE


def test_nothing_is_left_when_the_page_goes():
    story, translations = translated_story("it")
    rewrite(story, FIRST, LATER, PASSPORT, TALK, CHILDREN)
    StandardPage.objects.all().delete()
    assert not Translation.objects.filter(pk=translations["it"].pk).exists()
    assert not Rewording.objects.exists()
    assert not StringSegment.objects.filter(source=translations["it"].source_id).exists()
