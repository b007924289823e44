"""What a visitor's browser has to load."""

import gzip
from urllib.parse import urlsplit

FONT = ".woff2"


def loaded(someone, path):
    """Return path → bytes on the line of everything that opening the page loads."""
    responses = []
    someone.page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - playwright marks what it is given
    someone.open(path).wait_for_load_state("networkidle")
    sizes = {}
    for response in responses:
        name = urlsplit(response.url).path
        body = response.body()
        sizes[name] = len(body) if name.endswith(FONT) else len(gzip.compress(body, 9))
    return sizes


def test_the_georgian_home_page_is_light(visitor):
    sizes = loaded(visitor(), "/ka/")
    fonts = {name: size for name, size in sizes.items() if name.endswith(FONT)}
    assert sum(sizes.values()) <= 150_000
    assert 0 < sum(fonts.values()) <= 70_000
    assert not [name for name in fonts if "arabic" in name]


def test_text_only_loads_no_font_and_fits_into_one_round_trip(visitor):
    someone = visitor()
    someone.context.add_cookies([{"name": "mode", "value": "text", "url": someone.site}])
    sizes = loaded(someone, "/ka/")
    assert not [name for name in sizes if name.endswith(FONT)]
    assert sum(sizes.values()) <= 14_000
