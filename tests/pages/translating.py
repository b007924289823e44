"""Stories with paragraphs, translated sentence by sentence."""

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.jobs.runner import run_due
from cms.pages.models import StandardPage, Topic
from tests.pages.factories import make_home

PARAGRAPHS = [
    "Everybody may come, with or without papers.",
    "We are open on Mondays from 10:00 to 18:00. Please ring before you come.",
    "Bring a passport, if you have one.",
    "The talk costs nothing & stays between us.",
    "Children are welcome.",
]


def home_in(language="en"):
    """Return the home page of a language, the first one becomes the site's root."""
    return make_home(language)


def body(*paragraphs):
    """Return a body of one text block, the same block every time."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return [{"type": "text", "value": text, "id": "5b8a35b4-7c3d-4b0e-9c3a-0b6f3f0e8f11"}]


def make_story(home, *paragraphs, title="Advice", slug="advice"):
    """Publish a page of paragraphs."""
    page = home.add_child(
        instance=StandardPage(
            title=title, slug=slug, lead="What we help with.", body=body(*paragraphs), locale=home.locale
        )
    )
    page.save_revision().publish()
    return page


def rewrite(page, *paragraphs, publish=True):
    """Change the paragraphs; publish, and let the jobs run."""
    page = StandardPage.objects.get(pk=page.pk)
    page.body = body(*paragraphs)
    revision = page.save_revision()
    if publish:
        revision.publish()
    run_due()


def submit(instance, *languages):
    """Send an object to translators; return the translations by language."""
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    return {
        language: Translation.objects.get_or_create(
            source=source, target_locale=Locale.objects.get_or_create(language_code=language)[0]
        )[0]
        for language in languages
    }


def translate(translation, *, kind="manual", only=None, publish=True):
    """Translate every sentence, or those that hold `only`, by writing the language before it."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        if only is None or only in segment.string.data:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                defaults={
                    "data": f"{translation.target_locale.language_code} {segment.string.data}",
                    "translation_type": kind,
                },
            )
    if publish:
        translation.save_target(publish=True)


def translated_story(*languages, paragraphs=PARAGRAPHS, home=None, **fields):
    """Publish a story and its translations; return the story and the translations by language."""
    story = make_story(home or home_in(), *paragraphs, **fields)
    translations = submit(story, *languages)
    for translation in translations.values():
        translate(translation)
    return story, translations


def make_topic(name="Work", slug="work", language="en"):
    """Create an entry of a shared list, which knows no drafts."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    return Topic.objects.create(name=name, slug=slug, locale=locale)
