"""Whoever silences a check says which one and why."""

import re
import tomllib

import pytest

from tests.architecture.tree import ROOT, at, python_files

MARK = re.compile(r"#\s*(?:(?:ruff|flake8):\s*)?(noqa|type:\s*ignore|pragma:\s*no cover|nosec)")
NOQA = re.compile(r"#\s*noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\s+- \S")
TYPE = re.compile(r"#\s*type: ignore\[[a-z, -]+\]\s+(?:- |# ?(?:- )?)\S")


def unexplained(paths):
    findings = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark = MARK.search(line)
            if mark and not (NOQA if "noqa" in mark[1] else TYPE).search(line, mark.start()):
                findings.append(f"{at(path, number)} {line[mark.start() :]}")
    return findings


def unexplained_settings(text):
    """Return the ignored rules of pyproject.toml whose line carries no comment."""
    ignored = re.compile(r'^\s*"[A-Z]{1,4}\d*",?\s*$|^"[^"]+"\s*=\s*\[("[A-Z]+\d*"(, )?)+\]\s*$')
    part = text.partition("[tool.ruff.lint]")[2].partition("[tool.mypy]")[0]
    return [line.strip() for line in part.splitlines() if ignored.match(line)]


def test_every_silenced_line_says_which_rule_and_why():
    own = ROOT / "tests" / "architecture" / "test_ignores.py"
    assert unexplained([path for path in python_files() if path != own]) == []


def test_every_silenced_rule_says_why():
    text = (ROOT / "pyproject.toml").read_text()
    assert tomllib.loads(text)["tool"]["ruff"]["lint"]["select"] == ["ALL"]
    assert unexplained_settings(text) == []


def test_warnings_are_errors():
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert options["filterwarnings"][0] == "error"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("x = 1  # noqa", 1),
        ("x = 1  # noqa: S105", 1),
        ("x = 1  # noqa: S105 - never used outside tests", 0),
        ("x = 1  # type: ignore", 1),
        ("x = 1  # type: ignore[misc]", 1),
        ("x = 1  # type: ignore[misc]  # the package has no types", 0),
        ("# ruff: noqa", 1),
        ("x = 1  # nosec", 1),
        ("x = 1  # an ordinary remark", 0),
    ],
)
def test_an_unexplained_ignore_is_found(tmp_path, line, found):
    path = tmp_path / "module.py"
    path.write_text(line)
    assert len(unexplained([path])) == found


def test_an_unexplained_rule_is_found():
    text = (
        '[tool.ruff.lint]\nignore = [\n    "D104",\n    "D105", # why\n]\n"tests/**" = ["ANN"]\n[tool.mypy]\n'
    )
    assert unexplained_settings(text) == ['"D104",', '"tests/**" = ["ANN"]']
