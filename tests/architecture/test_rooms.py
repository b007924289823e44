"""Rooms have prefixed labels, stand in the layer contract, and keep to it."""

import ast
import subprocess
import tomllib
from pathlib import Path
from sys import executable

import pytest
from django.apps import apps
from django.conf import settings

from tests.architecture.tree import ROOMS, ROOT, at, parsed, python_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
WITHOUT_DJANGO = ("search.analysis", "cms.grants.scoring")


def imported(path):
    """Yield (line, module) for each import of a module."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def importing(paths, *modules):
    return [
        f"{at(path, line)} imports {name}"
        for path in paths
        for line, name in imported(path)
        if any(f"{name}.".startswith(f"{module}.") for module in modules)
    ]


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def in_layers(contract):
    return {name.strip(" ()") for layer in contract["layers"] for name in layer.split("|")}


def test_every_room_stands_in_the_layer_contract():
    assert {f"cms.{room}" for room in ROOMS} - in_layers(CONTRACTS[0]) == set()
    assert "search" in in_layers(CONTRACTS[0])


def test_every_room_keeps_the_inner_order():
    assert {f"cms.{room}" for room in ROOMS} - set(CONTRACTS[1]["containers"]) == {"cms.core"}


def test_every_module_of_the_project_stands_in_the_layer_contract():
    modules = {f"cms.{path.stem}" for path in ROOT.glob("cms/*.py")} - {"cms.__init__", "cms.apps"}
    assert modules - in_layers(CONTRACTS[0]) - {"cms.checks"} == set()


def test_every_room_has_a_prefixed_label_and_is_installed():
    rooms = [config for config in apps.get_app_configs() if config.name.startswith("cms.")]
    labels = {config.name: config.label for config in rooms}
    assert labels == {f"cms.{room}": f"cms_{room}" for room in ROOMS}


def test_rooms_come_before_the_packages_whose_templates_they_override():
    first_package = settings.INSTALLED_APPS.index("wagtail_localize")
    rooms = [settings.INSTALLED_APPS.index(f"cms.{room}") for room in ROOMS]
    assert max(rooms) < first_package


def test_no_room_imports_search():
    rooms = [path for path in python_files() if path.is_relative_to(ROOT / "cms")]
    assert importing([path for path in rooms if path.name != "urls.py"], "search") == []


def test_pure_packages_know_no_framework():
    pure_modules = tuple(f"{module}." for module in WITHOUT_DJANGO)
    pure = [path for path in python_files() if f"{module_of(path)}.".startswith(pure_modules)]
    assert importing(pure, "django", "wagtail") == []


def test_nothing_that_is_shipped_imports_the_tests():
    shipped = [path for path in python_files() if not path.is_relative_to(ROOT / "tests")]
    assert importing(shipped, "tests", "pytest", "factory") == []


@pytest.mark.parametrize(
    "line", ["import search", "from search.sync import index", "from search import sync"]
)
def test_a_forbidden_import_is_found(tmp_path, line):
    path = tmp_path / "module.py"
    path.write_text(f"import searching\ndef later():\n    {line}\n")
    assert len(importing([path], "search")) == 1


UPSIDE_DOWN = """
[importlinter]
root_package = cms
[importlinter:contract:1]
name = The ground floor above the rooms
type = layers
layers =
    cms.core
    cms.accounts
"""


def test_the_import_linter_finds_a_wrong_direction(tmp_path):
    """Turned round, the contract is broken: the linter does look at this code."""
    config = tmp_path / "importlinter.ini"
    config.write_text(UPSIDE_DOWN)
    command = [Path(executable).parent / "lint-imports", "--no-cache", "--config", config]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "cms.accounts is not allowed to import cms.core" in result.stdout
