"""What a visitor's browser has to load, and what it must never be given."""

import gzip
import re
from urllib.parse import urlsplit

import pytest

from tests.e2e.axe.templates import ADDRESSES, MISSING, TYPES, shut_one_page, status

pytestmark = pytest.mark.usefixtures("seeded")

PACKED = (".woff2", ".png", ".jpg", ".jpeg", ".webp", ".avif")
"""Files that are small already."""

FONT = ".woff2"
OF_TYPES = [addresses[0] for addresses in TYPES.values()]
ROUND_TRIP = 14_600
"""Ten packets of 1,460 bytes: what a server may send before it hears from the browser again."""

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\s(?:style|on[a-z]+)=[\"']")


def loaded(visitor, path, mode=""):
    """Return path → bytes on the line of everything that opening the page loads, with nothing kept."""
    someone = visitor()
    if mode:
        someone.context.add_cookies([{"name": "mode", "value": mode, "url": someone.site}])
    responses = []
    someone.page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - playwright marks what it is given
    someone.open(path).wait_for_load_state("networkidle")
    sizes = {}
    for response in responses:
        name = urlsplit(response.url).path
        body = response.body()
        sizes[name] = len(body) if name.endswith(PACKED) else len(gzip.compress(body, 9))
    return sizes


def fonts(sizes):
    return {name: size for name, size in sizes.items() if name.endswith(FONT)}


def test_the_georgian_home_page_is_light(visitor):
    sizes = loaded(visitor, "/ka/")
    assert sum(sizes.values()) <= 150_000
    assert 0 < sum(fonts(sizes).values()) <= 70_000
    assert not [name for name in fonts(sizes) if "arabic" in name]


def test_every_type_of_page_is_light(visitor):
    weights = {path: sum(loaded(visitor, f"/ka/{path}").values()) for path in OF_TYPES}
    assert {path: weight for path, weight in weights.items() if weight > 150_000} == {}


def test_letters_of_every_script_come_from_our_fonts(visitor):
    """A machine that has them installed shows no difference: the browser must have fetched them."""
    names = " ".join(fonts(loaded(visitor, "/ka/")))
    for script in ("sans-georgian-400", "sans-georgian-600", "serif-georgian-600", "sans-latin-400"):
        assert script in names
    names = " ".join(fonts(loaded(visitor, "/ar/")))
    for script in ("sans-arabic-400", "sans-arabic-600", "sans-latin-400"):
        assert script in names


def test_text_only_loads_no_font_and_no_picture_and_fits_into_one_round_trip(visitor):
    weights = {}
    for path in OF_TYPES:
        sizes = loaded(visitor, f"/ka/{path}", mode="text")
        assert not [name for name in sizes if name.endswith(PACKED)], path
        # The style of the banner above is loaded by the demonstration only.
        weights[path] = sum(size for name, size in sizes.items() if not name.startswith("/static/demo/"))
    assert weights[""] <= 14_000
    assert {path: weight for path, weight in weights.items() if weight > ROUND_TRIP} == {}


@pytest.mark.django_db(transaction=True)
def test_no_public_page_has_an_inline_script_or_style(client):
    shut_one_page()
    for language in ("ka", "ar"):
        for address in ADDRESSES:
            response = client.get(f"/{language}/{address}")
            assert response.status_code == status(address), address
            assert INLINE.findall(response.text) == [], address
    assert INLINE.search(client.get(f"/ka/{MISSING}").text.replace("<main", '<main style="x"'))
