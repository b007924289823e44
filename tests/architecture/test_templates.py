"""Templates and styles: safe under a strict policy, translatable, and the same mirrored."""

import re

import pytest

from tests.architecture.markup import COMMENTS, TAGS, plain, untranslated
from tests.architecture.tree import at, files, templates

MAIL = "cms/messages/templates/mails/"
"""A mail carries its own styles: mail programs fetch none and know no logical properties."""

SCRIPT = re.compile(r"<script\b(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=|\bjavascript:", re.IGNORECASE)
REMOTE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w.-]+\.\w", re.IGNORECASE)
POST_FORM = re.compile(r"<form\b[^>]*method=[\"']?post.*?(?:</form>|\Z)", re.IGNORECASE | re.DOTALL)
TOKEN = re.compile(r"\{%\s*csrf_token\s*%\}")
ONCE = re.compile(r"\{%\s*once\s*%\}")
ADMIN = re.compile(r"\{%\s*extends\s+\"(?:wagtailadmin|wagtailsnippets|wagtailusers)/|/admin/")
"""A page of the admin, by what it extends or where it lies: Wagtail's own forms know no key either."""
CASE = re.compile(r"\|\s*(?:upper|capfirst|title)\b")

SIDES = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding|inset)-(?:left|right)\b[^:;{}]*:"
    r"|(?:left|right)\s*:"
    r"|border-(?:top|bottom)-(?:left|right)-radius\s*:"
    r"|(?:float|clear|text-align|caption-side)\s*:\s*(?:left|right)\b)"
)
TRANSFORM = re.compile(r"(?<![\w-])(?:text-transform|font-variant-caps)\s*:(?!\s*none\b)")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def blanked(pattern, text):
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def matches(rule, paths, *, hide=None):
    """Return where a rule matches, once what it does not concern is blanked."""
    findings = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        text = blanked(hide, text) if hide else text
        findings += [
            f"{at(path, text.count(chr(10), 0, match.start()) + 1)} {match[0].strip()[:60]}"
            for match in rule.finditer(text)
        ]
    return findings


def forms_without(tag, paths):
    findings = []
    for path in paths:
        text = blanked(COMMENTS, path.read_text(encoding="utf-8"))
        findings += [
            f"{at(path, text.count(chr(10), 0, form.start()) + 1)} {form[0][:60]}"
            for form in POST_FORM.finditer(text)
            if not tag.search(form[0])
        ]
    return findings


def hard_coded(paths):
    return [
        f"{at(path, line)} {text}"
        for path in paths
        for line, text in untranslated(path.read_text(encoding="utf-8"), html=path.suffix == ".html")
    ]


def public():
    return [
        path for path in templates() if not ADMIN.search(f"{at(path)} {path.read_text(encoding='utf-8')}")
    ]


def pages():
    return [path for path in templates() if MAIL not in path.as_posix()]


def own_files(suffix):
    return [path for path in files(suffix, under=("cms", "search")) if MAIL not in path.as_posix()]


@pytest.mark.parametrize("rule", [SCRIPT, STYLE, HANDLER], ids=["script", "style", "handler"])
def test_no_inline_script_style_or_handler(rule):
    assert matches(rule, pages(), hide=TAGS) == []


def test_no_address_of_another_host():
    assert matches(REMOTE, [*templates(), *own_files(".css"), *own_files(".js")], hide=COMMENTS) == []


def test_every_post_form_carries_a_token():
    assert forms_without(TOKEN, templates()) == []


def test_every_public_post_form_counts_once():
    assert forms_without(ONCE, public()) == []


def test_public_forms_are_known_from_those_of_the_admin():
    names = {at(path) for path in public()}
    assert "cms/accounts/templates/account/login.html" in names
    assert "cms/messages/templates/messages/admin/confirm.html" not in names
    assert "cms/jobs/templates/cms_jobs/retry.html" not in names


def test_every_text_can_be_translated():
    assert hard_coded(templates(".html", ".txt")) == []


def test_case_is_not_changed_by_filters():
    assert matches(CASE, templates(".html", ".txt")) == []


def test_styles_know_start_and_end_but_no_left_and_right():
    assert matches(SIDES, own_files(".css"), hide=CSS_COMMENT) == []


def test_styles_do_not_change_case():
    assert matches(TRANSFORM, files(".css", under=("cms", "search")), hide=CSS_COMMENT) == []


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        (SCRIPT, "<script>go()</script>", 1),
        (SCRIPT, '<script type="module">go()</script>', 1),
        (SCRIPT, '<script src="a.js"></script><script type="application/ld+json">{}</script>', 0),
        (STYLE, "<style>p{}</style>", 1),
        (STYLE, '<p style="color:red">', 1),
        (STYLE, '<link rel="stylesheet" href="style=.css">', 0),
        (HANDLER, '<p onclick="go()">', 1),
        (HANDLER, '<a href="javascript:go()">', 1),
        (HANDLER, '<p data-once="one = two">', 0),
        (REMOTE, '<img src="https://tracker.example/a.gif">', 1),
        (REMOTE, "@import url(//fonts.example/a.css)", 1),
        (REMOTE, '<svg xmlns="http://www.w3.org/2000/svg">', 0),
        (CASE, "{{ name|upper }}", 1),
        (CASE, "{{ name|default:'x' }}", 0),
        (SIDES, "p { margin-left: 1rem }", 1),
        (SIDES, "p { right: 0; text-align: left; border-left-color: red }", 3),
        (SIDES, "p { margin-inline-start: 1rem; text-align: start; inset-inline-end: 0 }", 0),
        (SIDES, "svg { background-position: left }", 0),
        (TRANSFORM, "p { text-transform: uppercase }", 1),
        (TRANSFORM, "p { transform: none }", 0),
        (TRANSFORM, "p { text-transform: none }", 0),
    ],
)
def test_what_is_forbidden_is_found(tmp_path, rule, text, found):
    path = tmp_path / "a.html"
    path.write_text(text)
    assert len(matches(rule, [path])) == found


@pytest.mark.parametrize(("tag", "name"), [(TOKEN, "csrf_token"), (ONCE, "once")])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<form method="post"><button>x</button></form>', 1),
        ('<form method="post">{% other %}</form>', 1),
        ('<form method="post">{# {% TAG %} #}</form>', 1),
        ('<form method="post">{% TAG %}</form><form METHOD=POST></form>', 1),
        ('<form method="post">{% TAG %}</form>', 0),
        ('<form method="get"></form>', 0),
    ],
)
def test_a_form_without_token_or_key_is_found(tmp_path, tag, name, text, found):
    path = tmp_path / "a.html"
    path.write_text(text.replace("TAG", name))
    assert len(forms_without(tag, [path])) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Send</p>", ["Send"]),
        ("<p>{% translate 'Send' %}</p>", []),
        ("{% blocktranslate %}Send {{ it }}{% endblocktranslate %}", []),
        ("{% blocktranslate trimmed count counter=n %}one{% plural %}many{% endblocktranslate %}", []),
        ('<img alt="A bridge">', ["A bridge"]),
        ("<img alt=\"{% translate 'A bridge' %}\">", []),
        ('<b lang="ka">ხიდი</b> <b>ხიდი</b>', ["ხიდი"]),
        ('<html lang="ka"><p>ხიდი</p></html>', ["ხიდი"]),
        ("{# a remark #}<!-- another --><p>{{ text }} · 1</p>", []),
        ('<a href="/admin/">{{ label }}</a>', []),
        ("<svg><title>Bridge</title><path d='M0 0h10'/></svg>", ["Bridge"]),
    ],
)
def test_hard_coded_text_is_found(text, found):
    assert [piece for _, piece in untranslated(text, html=True)] == found


def test_hard_coded_text_of_a_mail_is_found():
    text = "{% load i18n %}{% translate 'Hello' %}\nYour code: {{ code }}\n"
    assert untranslated(text, html=False) == [(2, "Your code:")]


def test_line_numbers_survive_what_is_taken_away():
    assert plain("{# a\nb #}x").count("\n") == 1
