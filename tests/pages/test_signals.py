"""What visitors see changes the generation; what they do not see does not."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.accounts.models import User
from cms.pages.models import Generation, HomePage, OpeningHours, SiteNotice, Topic
from cms.pages.signals import is_content
from tests.pages.factories import make_home

pytestmark = pytest.mark.django_db(transaction=True)


def number():
    row = Generation.objects.first()
    return row.number if row else 0


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


def move(home):
    sibling = Page.objects.get(depth=1).add_child(instance=HomePage(title="b", slug="b", lead="b"))
    before = number()
    home.move(sibling, pos="right")
    return before


def change_topic(_home):
    topic = Topic.objects.create(name="Work", slug="work", locale=Locale.get_default())
    before = number()
    topic.name = "Jobs"
    topic.save()
    return before


def drop_topic(_home):
    topic = Topic.objects.create(name="Work", slug="work", locale=Locale.get_default())
    before = number()
    topic.delete()
    return before


def drop_rendition(_home):
    rendition = render(picture())
    before = number()
    rendition.delete()
    return before


CHANGES = {
    "publish": retitle,
    "save without a revision": lambda home: home.save(),
    "save of one field": lambda home: home.save(update_fields=["title"]),
    "unpublish": lambda home: home.unpublish(),
    "slug": change_slug,
    "move": move,
    "copy": lambda home: home.copy(update_attrs={"slug": "copy"}),
    "delete": lambda home: home.delete(),
    "restriction": lambda home: PageViewRestriction.objects.create(page=home, restriction_type="login"),
    "picture": lambda _home: picture(),
    "picture deleted": lambda _home: picture().delete(),
    "rendition deleted": drop_rendition,
    "document": lambda _home: Document.objects.create(title="A", file=ContentFile(b"x", "a.txt")),
    "snippet": change_topic,
    "snippet deleted": drop_topic,
    "notice": lambda _home: SiteNotice.objects.create(text="Closed", locale=Locale.get_default()),
    "hours": lambda _home: OpeningHours.objects.create(label="Office", locale=Locale.get_default()),
    "site": lambda _home: Site.objects.get(is_default_site=True).save(),
    "locale": lambda _home: Locale.objects.create(language_code="it"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_visitors_see_counts(home, change):
    before = number()
    told = change(home)
    assert number() > (told if isinstance(told, int) else before)


def save_draft(home):
    home.title = "New"
    home.save_revision()


def make_rendition(_home):
    image = picture()
    before = number()
    render(image)
    return before


def add_draft(_home):
    Page.objects.get(depth=1).add_child(instance=HomePage(title="b", slug="b", lead="b", live=False))


NO_CHANGES = {
    "draft": save_draft,
    "new draft": add_draft,
    "rendition made by a visitor": make_rendition,
    "person": lambda _home: User.objects.create(email="a@khidi.example"),
}


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_nobody_sees_does_not_count(home, change):
    before = number()
    told = change(home)
    assert number() == (told if isinstance(told, int) else before)


def test_every_model_of_the_room_counts_but_the_number_itself():
    assert not is_content(Generation)
    assert not is_content(get_image_model().renditions.rel.related_model)
    assert is_content(HomePage)


def test_a_first_visit_with_pictures_keeps_the_generation(home, client):
    before = number()
    client.get("/ka/")
    assert number() == before
    assert not connection.in_atomic_block
