import re

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.images.forms import get_image_form

from cms.accounts.models import User
from cms.core.admin.choosers import WORDS
from cms.pages.models import NewsPage, Picture
from tests.sessions import sign_in

GEORGIAN = re.compile("[ა-ჰ]")


def test_a_chooser_in_a_block_speaks_to_each_editor_in_their_language():
    blocks = NewsPage._meta.get_field("mentions").stream_block.child_blocks["person"].child_blocks
    said = {}
    for language in ("it", "ka", "de", "en"):
        with translation.override(language):
            widget = blocks["person"].widget
            said[language] = [str(widget.choose_one_text), str(widget.choose_another_text)]
            said[language] += [str(widget.link_to_chosen_text)]
    assert said["en"] == ["Choose person", "Choose another item", "Edit this item"]
    assert len({tuple(words) for words in said.values()}) == 4
    assert all(GEORGIAN.search(text) for text in said["ka"])
    assert not any(GEORGIAN.search(text) for text in said["it"] + said["de"])


def test_words_of_all_choosers_wait_for_their_reader():
    for name in WORDS:
        with translation.override("ka"):
            georgian = str(getattr(ChooserViewSet, name))
        with translation.override("it"):
            assert GEORGIAN.search(georgian)
            assert not GEORGIAN.search(str(getattr(ChooserViewSet, name)))


@pytest.mark.django_db
@pytest.mark.parametrize("window", ["wagtailimages_chooser:choose", "wagtaildocs_chooser:choose"])
def test_the_window_of_a_chooser_is_in_one_language(client, window):
    boss = User.objects.create_superuser("giulia@khidi.example", preferred_language="it")
    page = sign_in(client, boss).get(reverse(window)).json()["html"]
    assert "Cerca" in page
    assert not GEORGIAN.search(re.sub(r"<option.*?</option>", "", page))


@pytest.mark.django_db
def test_the_form_of_a_picture_speaks_to_each_editor_in_their_language():
    boss, found = User.objects.create_superuser("giulia@khidi.example"), {}
    with translation.override("ka"):
        form = get_image_form(Picture)
    for language in ("ka", "it", "en"):
        with translation.override(language):
            field = form(user=boss).fields["file"]
            found[language] = [str(field.help_text), *map(str, field.error_messages.values())]
    assert all(GEORGIAN.search(text) for text in found["ka"][:1])
    assert not any(GEORGIAN.search(text) for text in found["it"] + found["en"])
    assert found["it"][0] != found["en"][0]
