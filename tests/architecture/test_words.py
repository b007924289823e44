"""The repository speaks of the product alone, and works on every machine."""

import re

import pytest

from tests.architecture.tree import ROOT, all_files, at

MACHINE = re.compile(r"(?<![\w.~:/}-])/(?:home|root|Users|work|workspace|mnt|opt)/\w")
"""Absolute paths of somebody's machine."""

MAKING = re.compile(
    r"\b(?:co-authored-by|generated (?:with|by) (?:an? )?\w*ai\b|as an ai\b|language model|sub-?agents?\b"
    r"|system prompt|(?:issue|landing|session|helper) #?\d+\b)",
    re.IGNORECASE,
)
"""How the product was made is told by its history, not by its files."""

REGISTRY = re.compile(r"https?://|^\s*--(?:extra-)?index-url|^\s*--find-links|\bfile:", re.MULTILINE)
"""A lock file that names a host installs from nowhere else."""

LOCKS = sorted(ROOT.glob("requirements*.lock"))


def matches(rule, paths):
    return [
        f"{at(path, number)} {match[0]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if (match := rule.search(line))
    ]


def ours():
    return [path for path in all_files() if path.name != "test_words.py"]


def test_no_path_of_a_machine():
    assert matches(MACHINE, ours()) == []


def test_no_word_about_the_making():
    assert matches(MAKING, ours()) == []


def test_lock_files_name_hashes_and_no_host():
    assert LOCKS
    assert matches(REGISTRY, LOCKS) == []
    assert all("--hash=sha256:" in path.read_text() for path in LOCKS)


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        (MACHINE, "see /home/nino/khidi", 1),
        (MACHINE, "https://khidi.example/home/news", 0),
        (MACHINE, "{% url 'home' %}/{{ a }}/work/b", 0),
        (MAKING, "as said in issue 12", 1),
        (MAKING, "a session of 600 seconds", 0),
        (REGISTRY, "--index-url https://pypi.example/simple", 1),
        (REGISTRY, "wagtail==8.0.1 \\", 0),
    ],
)
def test_what_is_forbidden_is_found(tmp_path, rule, text, found):
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert len(matches(rule, [path])) == found
