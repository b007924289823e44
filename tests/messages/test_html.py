import base64
import hashlib

import html5lib
import pytest

from cms.messages.html import blocks, render, style_source
from cms.messages.vault import Content

EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "https://khidi.example.evil/",
    "https://khidi.example@evil.example/",
    "http://khidi.example/x",
    "javascript:alert(1)",
    'https://khidi.example/"onmouseover="alert(1)',
    "https://khidi.example/<script>",
    "{{ 7|add:7 }} {% load i18n %}",
]


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://khidi.example"


def parsed(body, **fields):
    page = render(Content("S", body), **{"language": "en", "sender": "Office"} | fields)
    return html5lib.parse(page, namespaceHTMLElements=False), page


@pytest.mark.parametrize("text", EVIL)
def test_text_stays_text_and_no_link_leaves_our_site(text):
    tree, _page = parsed(f"See:\n{text}\n\n{text}\n\n- {text}\n\n    {text}\n")
    assert [element.tag for element in tree.iter() if element.tag in {"script", "img", "iframe"}] == []
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert {link.get("href").split("?")[0] for link in tree.iter("a")} <= {"https://khidi.example/"}
    assert "14" not in "".join(tree.find("body").itertext())


def test_subject_and_sender_are_escaped():
    page = render(Content("<i>S</i>", "text"), language="en", sender="<b>Office</b>")
    assert "<i>" not in page
    assert "<b>Office" not in page


def test_nothing_is_loaded_from_anywhere():
    tree, page = parsed("text")
    assert "url(" not in page
    assert "@import" not in page
    assert [element for element in tree.iter() if element.get("src") or element.tag == "link"] == []


def test_habits_of_plain_mail():
    text = (
        "Hello Nino,\n\nyour number:\n\n    MV-27-0042-K\n\n1. read\n2. answer\n\n- one\n- two\n\n"
        "See how far it is:\nhttps://khidi.example/ka/status/?a=1&b=2\n\n"
        "Or open https://khidi.example/ka/.\nSecond line"
    )
    found = [(block.kind, list(map(str, block.lines)), block.href) for block in blocks(text)]
    assert found == [
        ("paragraph", ["Hello Nino,"], ""),
        ("paragraph", ["your number:"], ""),
        ("reference", ["MV-27-0042-K"], ""),
        ("ol", ["read", "answer"], ""),
        ("ul", ["one", "two"], ""),
        ("button", ["See how far it is"], "https://khidi.example/ka/status/?a=1&b=2"),
        (
            "paragraph",
            [
                'Or open <a href="https://khidi.example/ka/"><bdi dir="ltr">https://khidi.example/ka/</bdi></a>.',
                "Second line",
            ],
            "",
        ),
    ]


@pytest.mark.parametrize(("language", "direction"), [("ka", "ltr"), ("ar", "rtl"), ("xx", "ltr")])
def test_language_and_direction(language, direction):
    tree, _page = parsed("text", language=language)
    assert tree.get("dir") == direction
    assert tree.get("lang") == (language if language != "xx" else "ka")


def test_the_policy_names_exactly_the_style_that_is_rendered():
    _tree, page = parsed("text")
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert style_source() == f"'sha256-{digest}'"
