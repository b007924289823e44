"""What visitors see changes the generation; what they do not see does not."""

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.accounts.models import User
from cms.pages import signals
from cms.pages.models import Generation, HomePage, OpeningHours, PictureRendition, SiteNotice, Topic
from cms.pages.signals import is_content
from tests.pages.factories import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    """Return a list that grows with each call of `bump`, which counts once a transaction."""
    calls = []
    monkeypatch.setattr(signals, "bump", lambda: calls.append(None))
    return calls


@pytest.fixture
def home():
    return make_home()


def picture():
    return get_image_model().objects.create(title="A bridge", file=get_test_image_file())


def render(image):
    return image.renditions.create(filter_spec="width-10", file=get_test_image_file(), width=10, height=10)


def retitle(home):
    home.title = "New"
    home.save_revision().publish()


def change_slug(home):
    home.slug = "new"
    home.save_revision().publish()


def sibling():
    return Page.objects.get(depth=1).add_child(instance=HomePage(title="b", slug="b", lead="b"))


def topic():
    return Topic.objects.create(name="Work", slug="work", locale=Locale.get_default())


def at_home(change):
    """Return what to change, made beforehand, and the change."""
    return (lambda home: home), change


CHANGES = {
    "publish": at_home(retitle),
    "save without a revision": at_home(lambda home: home.save()),
    "save of one field": at_home(lambda home: home.save(update_fields=["title"])),
    "unpublish": at_home(lambda home: home.unpublish()),
    "slug": at_home(change_slug),
    "move": ((lambda home: (home, sibling())), lambda pages: pages[0].move(pages[1], pos="right")),
    "copy": at_home(lambda home: home.copy(update_attrs={"slug": "copy"})),
    "delete": at_home(lambda home: home.delete()),
    "restriction": at_home(
        lambda home: PageViewRestriction.objects.create(page=home, restriction_type="login")
    ),
    "picture": at_home(lambda _home: picture()),
    "picture deleted": ((lambda _home: picture()), lambda image: image.delete()),
    "rendition deleted": ((lambda _home: render(picture())), lambda rendition: rendition.delete()),
    "document": at_home(lambda _home: Document.objects.create(title="A", file=ContentFile(b"x", "a.txt"))),
    "snippet": ((lambda _home: topic()), lambda entry: entry.save()),
    "snippet deleted": ((lambda _home: topic()), lambda entry: entry.delete()),
    "notice": at_home(lambda _home: SiteNotice.objects.create(text="Closed", locale=Locale.get_default())),
    "hours": at_home(lambda _home: OpeningHours.objects.create(label="Office", locale=Locale.get_default())),
    "site": at_home(lambda _home: Site.objects.get(is_default_site=True).save()),
    "locale": at_home(lambda _home: Locale.objects.create(language_code="it")),
}


@pytest.mark.parametrize(("prepare", "change"), CHANGES.values(), ids=CHANGES)
def test_what_visitors_see_counts(home, counted, prepare, change):
    prepared = prepare(home)
    counted.clear()
    change(prepared)
    assert counted


def save_draft(home):
    home.title = "New"
    home.save_revision()


def add_draft(_home):
    Page.objects.get(depth=1).add_child(instance=HomePage(title="b", slug="b", lead="b", live=False))


NO_CHANGES = {
    "draft": at_home(save_draft),
    "new draft": at_home(add_draft),
    "rendition made by a visitor": ((lambda _home: picture()), render),
    "person": at_home(lambda _home: User.objects.create(email="a@khidi.example")),
}


@pytest.mark.parametrize(("prepare", "change"), NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_nobody_sees_does_not_count(home, counted, prepare, change):
    prepared = prepare(home)
    counted.clear()
    change(prepared)
    assert not counted


def test_every_model_of_the_room_counts_but_the_number_itself():
    counting = {model for model in apps.get_app_config("cms_pages").get_models() if is_content(model)}
    assert set(apps.get_app_config("cms_pages").get_models()) - counting == {Generation, PictureRendition}


def test_a_visit_keeps_the_generation(home, counted, client):
    counted.clear()
    client.get("/ka/")
    assert not counted
