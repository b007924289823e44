"""Until the first release each room has one lean migration."""

import re

import pytest

from tests.architecture.tree import ROOMS, ROOT, at

BLOCKS = re.compile(r"\b(block_lookup|StreamBlock|StructBlock|wagtail\.blocks)\b")
EXCEPTIONS = {
    "cms/accounts/migrations/0002_content.py": "Wagtail's pages need the user, and a unit needs the pages",
}
"""A second migration → why one cannot be enough."""

LABELS = re.compile(r"choices=\[")


def migrations(root=ROOT):
    return [path for path in sorted(root.glob("**/migrations/*.py")) if path.name != "__init__.py"]


def ours():
    return [path for top in ("cms", "search") for path in migrations(ROOT / top)]


def heavy(paths):
    """Return migrations that carry block definitions or labels, which change with every word."""
    return [
        f"{at(path)}: {rule.search(text)[0]}"
        for path in paths
        for rule in (BLOCKS, LABELS)
        if rule.search(text := path.read_text(encoding="utf-8"))
    ]


def test_each_room_has_at_most_its_first_migration():
    others = {at(path) for path in ours() if path.name != "0001_initial.py"}
    assert others == set(EXCEPTIONS)


def test_each_room_with_models_has_a_migration():
    with_models = {room for room in ROOMS if list(ROOT.glob(f"cms/{room}/models*"))}
    assert with_models - {path.parts[-3] for path in ours()} == set()


def test_migrations_hold_no_blocks_and_no_labels():
    assert heavy(ours()) == []


@pytest.mark.parametrize(
    "text", ["block_lookup={0: 1}", "wagtail.blocks.CharBlock()", "choices=[('a', 'A')]"]
)
def test_a_heavy_migration_is_found(tmp_path, text):
    path = tmp_path / "0001_initial.py"
    path.write_text(f"field = ({text})")
    assert len(heavy([path])) == 1
