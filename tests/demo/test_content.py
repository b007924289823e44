"""The loader of the texts: every mistake is named with its file and key."""

import shutil

import pytest

from cms.demo.seed.check import checked
from cms.demo.seed.content import CONTENT, ContentError, MisfitError, load, merge
from cms.demo.seed.rewording import read_change


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def spoil(folder):
    """Replace a text in a file, once, and return what the loader says of it."""

    def spoiled(name, old, new):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ContentError) as error:
            read_change(folder, checked(folder))
        return error.value.problems

    return spoiled


def test_all_content_is_sound():
    read_change(CONTENT, checked())


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("pages.toml", 'slug = "adjara-needs"', 'slug = "adjara', "pages.toml: "),
        ("pages.toml", 'slug = "adjara-needs"\n', "", "pages.toml: a page: without slug"),
        ("pages.toml", 'type = "NewsPage"', 'type = "Newspaper"', "pages.toml: adjara-needs.type: "),
        ("pages.toml", 'parent = "news"', 'parent = "newz"', "adjara-needs.parent: no page newz before"),
        (
            "pages.toml",
            'category = "report"',
            'colour = "red"',
            "ka/pages/adjara-needs.toml: colour: unknown to",
        ),
        (
            "pages.toml",
            'category = "report"',
            'category = "rumour"',
            "ka/pages/adjara-needs.toml: category: ",
        ),
        ("pages.toml", 'date = "-12d"', 'date = "yesterday"', "ka/pages/adjara-needs.toml: date: "),
        ("pages.toml", 'topics = ["integration"', 'topics = ["x"', "topics.x: no topic named x in ka"),
        (
            "pages.toml",
            'person = "gogishvili"',
            'person = "nobody"',
            "mentions.0.person.person: no person named",
        ),
        ("pages.toml", 'role = "organiser"', 'role = "boss"', "mentions.4.organisation.role: "),
        ("pages.toml", "{ page = ", "{ film = ", "related.0: no block: film"),
        ("pages.toml", 'page = "emerge"', 'page = "film"', "related.0.page: no page film"),
        ("pages.toml", 'unit = "bazari"', 'unit = "x"', "ka/pages/bazari.toml: unit: no unit x"),
        ("pages.toml", 'slug = "news"', 'slug = "home"', "pages.toml: home: named twice"),
        ("pages.toml", '"en", "ar"]', '"en", "xx"]', "pages.toml: home.languages: unknown xx"),
        ("snippets.toml", "[topic]", "[topics]", "snippets.toml: topics: unknown kind of snippet"),
        (
            "snippets.toml",
            'part_of = "georgia"',
            'part_of = "x"',
            "snippets.toml: place.adjara.part_of: no place",
        ),
        ("it/pages/jena.toml", "title = ", "titel = ", "it/pages/jena.toml: title: missing"),
        ("it/pages/jena.toml", "title = ", "titel = ", "it/pages/jena.toml: titel: not there in ka"),
        ("it/pages/jena.toml", "</p>", "</p><p>x</p>", "it/pages/jena.toml: "),
        ("it/pages/jena.toml", "{page:", "{page:no-", "other links than in ka"),
        (
            "it/pages/news.toml",
            "title = ",
            'menu = ""\ntitle = ',
            "it/pages/news.toml: menu: not there in ka",
        ),
        (
            "it/snippets.toml",
            "work = ",
            "werk = ",
            "it/snippets.toml: topic.werk: snippets.toml names no such",
        ),
        ("it/snippets.toml", "work = ", "werk = ", "it/snippets.toml: topic.work: missing"),
        ("rewording.toml", 'page = "', 'page = "x', "rewording.toml: page: no page x"),
        ("rewording.toml", "[later]\nka = ", '[later]\nka = "x"\nde = ', "rewording.toml: "),
    ],
)
def test_a_mistake_is_named_with_file_and_key(spoil, name, old, new, problem):
    assert [found for found in spoil(name, old, new) if problem in found]


def test_a_missing_file_and_one_too_many_are_named(folder):
    (folder / "de/pages/jena.toml").rename(folder / "de/pages/weimar.toml")
    with pytest.raises(ContentError) as error:
        load(folder)
    assert "de/pages/jena.toml: missing" in error.value.problems
    assert "de/pages/weimar.toml: pages.toml names no such thing in this language" in error.value.problems


def test_all_mistakes_are_named_at_once(folder):
    for language in ("it", "de"):
        path = folder / language / "pages" / "jena.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("lead = ", "leid = "), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load(folder)
    assert len(error.value.problems) == 4


def test_structure_and_words_are_merged_by_key_and_position():
    structure = {"slug": "a", "staff": [{"member": {"person": "x"}}, {"member": {}}]}
    words = {"title": "A", "staff": [{"member": {"function": "Head"}}, {"member": {"function": "Clerk"}}]}
    assert merge(structure, words) == {
        "slug": "a",
        "title": "A",
        "staff": [{"member": {"person": "x", "function": "Head"}}, {"member": {"function": "Clerk"}}],
    }


@pytest.mark.parametrize(
    ("structure", "words", "path"),
    [
        ({"a": {"b": 1}}, {"a": {"b": "x"}}, "a.b"),
        ({"a": [{}, {}]}, {"a": [{}]}, "a"),
        ({"a": [{}, {"b": 1}]}, {"a": [{}, {"b": 2}]}, "a.1.b"),
    ],
)
def test_what_is_said_twice_is_refused(structure, words, path):
    with pytest.raises(MisfitError) as error:
        merge(structure, words)
    assert error.value.path == path
