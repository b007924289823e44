"""What the documents say is there: links, files, variables, commands."""

import re

import pytest

from tests.architecture.tree import ROOT, at, files, python_files

LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
MENTION = re.compile(r"`((?:cms|search|tests|docs|locale|deploy|tools|\.ci)/[\w./-]+)`")
CODE = re.compile(r"```.*?```", re.DOTALL)
VARIABLE = re.compile(r"\benv(?:\.\w+)?\(\s*\"([A-Z][A-Z0-9_]+)\"")
NAME = re.compile(r"^#?\s*([A-Z][A-Z0-9_]+)=", re.MULTILINE)
MAKE = re.compile(r"\bmake ([a-z-]+)\b(?!-)")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)


def anchor(heading):
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def broken_links(paths):
    findings = []
    for path in paths:
        text = CODE.sub("", path.read_text(encoding="utf-8"))
        for target in (first or second for first, second in LINK.findall(text)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, fragment = target.partition("#")
            other = (path.parent / name) if name else path
            if not other.exists():
                findings.append(f"{at(path)}: {target}")
            elif fragment and other.suffix == ".md":
                headings = {anchor(found) for found in HEADING.findall(other.read_text(encoding="utf-8"))}
                findings += [f"{at(path)}: {target}"] if fragment not in headings else []
    return findings


def missing_files(paths):
    return [
        f"{at(path)}: {name}"
        for path in paths
        for name in MENTION.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    ]


def unused_pictures(pictures, paths):
    """Return the pictures that no document shows; that a shown one is there is a matter of links."""
    shown = {
        (path.parent / target).resolve()
        for path in paths
        for _words, target in PICTURE.findall(CODE.sub("", path.read_text(encoding="utf-8")))
    }
    return [at(picture) for picture in pictures if picture.resolve() not in shown]


def wordless_pictures(paths):
    return [
        f"{at(path)}: {target}"
        for path in paths
        for words, target in PICTURE.findall(path.read_text(encoding="utf-8"))
        if not words.strip()
    ]


def heavy_pictures(pictures, most=150_000):
    return [at(picture) for picture in pictures if picture.stat().st_size > most]


def pictures_of_documents():
    return sorted((ROOT / "docs" / "images").iterdir())


def documents():
    return files(".md")


def asked_for():
    """Return every variable that the settings ask the environment for."""
    settings = [path for path in python_files() if path.parent == ROOT / "cms" / "settings"]
    return {name for path in settings for name in VARIABLE.findall(path.read_text())}


def test_links_lead_somewhere():
    assert broken_links(documents()) == []


def test_every_picture_is_shown_and_light():
    assert unused_pictures(pictures_of_documents(), documents()) == []
    assert heavy_pictures(pictures_of_documents()) == []


def test_every_picture_is_told_in_words():
    assert wordless_pictures(documents()) == []


def test_the_architecture_leads_to_every_page():
    text = (ROOT / "docs" / "architecture.md").read_text()
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"architecture.md"}
    assert pages - {target for target, _picture in LINK.findall(text)} == set()


def test_files_that_are_mentioned_exist():
    assert missing_files(documents()) == []


def test_every_variable_is_in_the_example():
    assert set(NAME.findall((ROOT / ".env.example").read_text())) == asked_for()


def test_every_variable_is_explained():
    text = (ROOT / "docs" / "running.md").read_text()
    assert [name for name in sorted(asked_for()) if f"`{name}`" not in text] == []


def test_make_has_the_targets_that_documents_name():
    targets = set(TARGET.findall((ROOT / "Makefile").read_text()))
    named = {(at(path), name) for path in documents() for name in MAKE.findall(_code(path))}
    assert {(path, name) for path, name in named if name not in targets} == set()


def _code(path):
    """Return what stands in code, in a line or a block: elsewhere "make sure" is no command."""
    return " ".join(re.findall(r"```.*?```|`[^`\n]+`", path.read_text(encoding="utf-8"), re.DOTALL))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[here](nowhere.md)", 1),
        ("[here](a.md#no-such-part)", 1),
        ("![picture](images/none.png)", 1),
        ("[here](a.md#a-part) and [there](https://khidi.example/)", 0),
        ("```\n[no](link.md)\n```", 0),
    ],
)
def test_a_broken_link_is_found(tmp_path, text, found):
    path = tmp_path / "a.md"
    path.write_text(f"# A part\n{text}\n")
    assert len(broken_links([path])) == found


def test_a_picture_that_is_unused_heavy_or_wordless_is_found(tmp_path):
    path, shown, forgotten = (tmp_path / name for name in ("a.md", "shown.png", "forgotten.png"))
    path.write_text("![](shown.png)\n```\n![code](forgotten.png)\n```")
    shown.write_bytes(b"1" * 10)
    forgotten.write_bytes(b"1" * 11)

    assert unused_pictures([shown, forgotten], [path]) == ["forgotten.png"]
    assert heavy_pictures([shown, forgotten], most=10) == ["forgotten.png"]
    assert wordless_pictures([path]) == ["a.md: shown.png"]


def test_a_missing_file_is_found(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("`cms/core/clock.py` and `cms/core/no_such_file.py`")
    assert len(missing_files([path])) == 1


def test_variables_are_found_in_settings():
    assert {"DATABASE_URL", "SECRET_KEY", "SITE_URL"} <= asked_for()
