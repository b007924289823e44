"""Files stay short enough to be read in one go."""

import ast

import pytest

from tests.architecture.tree import at, parsed, python_files, templates

MODULE, FUNCTION, TEMPLATE = 400, 50, 150

EXCEPTIONS: dict[str, str] = {}
"""File or file:function → why it may be longer. This list only shrinks."""


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def long_files(paths, limit):
    return [f"{at(path)} has {lines(path)} lines" for path in paths if lines(path) > limit]


def long_functions(paths, limit):
    return [
        f"{at(path, node.lineno)} {node.name} has {length} lines"
        for path in paths
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > limit
    ]


def kept(findings):
    return [finding for finding in findings if finding.split(" has ")[0] not in EXCEPTIONS]


def test_modules_are_short():
    assert kept(long_files(python_files(), MODULE)) == []


def test_functions_are_short():
    assert kept(long_functions(python_files(), FUNCTION)) == []


def test_templates_are_short():
    assert kept(long_files(templates(".html", ".txt"), TEMPLATE)) == []


def test_exceptions_give_reasons_and_are_needed():
    findings = [
        *long_files(python_files(), MODULE),
        *long_functions(python_files(), FUNCTION),
        *long_files(templates(".html", ".txt"), TEMPLATE),
    ]
    needed = {finding.split(" has ")[0] for finding in findings}
    assert {name for name, reason in EXCEPTIONS.items() if not reason or name not in needed} == set()


@pytest.mark.parametrize(("length", "found"), [(50, 0), (51, 1)])
def test_a_long_function_or_file_is_found(tmp_path, length, found):
    path = tmp_path / "module.py"
    path.write_text("def verb():\n" + "    pass\n" * (length - 1))
    assert len(long_functions([path], FUNCTION)) == found
    assert len(long_files([path], FUNCTION)) == found
