"""The files of the repository, and what a finding looks like."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".hypothesis", ".venv", "venv", "var", "node_modules", "__pycache__"}
BINARY = {".mo", ".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2", ".ttf", ".gz", ".br", ".sqlite3", ".pdf"}
ROOMS = sorted(path.parent.name for path in ROOT.glob("cms/*/apps.py") if path.parent.name != "settings")


def all_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield every text file that belongs to the repository."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(
            name for name in folders if name not in NOT_OURS and not name.endswith(("_cache", ".egg-info"))
        )
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix not in BINARY and name != ".env":
                yield path


def files(*suffixes: str, under: tuple[str, ...] = ()) -> list[Path]:
    """Return the files with these endings, everywhere or under these folders."""
    return [
        path
        for path in all_files()
        if path.suffix in suffixes and (not under or path.relative_to(ROOT).parts[0] in under)
    ]


def python_files() -> list[Path]:
    """Return every module but migrations, which Django writes."""
    return [path for path in files(".py") if "migrations" not in path.parts]


def templates(*suffixes: str) -> list[Path]:
    """Return the templates of all rooms."""
    return [
        path
        for path in files(*(suffixes or (".html",)), under=("cms", "search"))
        if "templates" in path.parts
    ]


def at(path: Path, line: int | None = None) -> str:
    """Return where a finding is, as editors like it."""
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
    return f"{name}:{line}" if line else str(name)


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
