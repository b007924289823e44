"""What a start of the demonstration does beyond serving; called by cms.serve."""

import hashlib
from pathlib import Path

from django.db import transaction

from cms.demo.domain.fingerprint import edited_migrations, remember_migrations
from cms.demo.domain.reset import blank_database
from cms.demo.models import DemoState
from cms.demo.presenters import description
from cms.demo.seed import seed

__all__ = ["description", "edited_migrations", "fill", "remember_migrations"]


@transaction.atomic
def fill() -> None:
    """Seed an empty demonstration, and add what is new when its texts or code changed since."""
    state, _created = DemoState.objects.get_or_create()
    now = content_fingerprint()
    if state.seeded == now:
        return
    if not state.seeded:
        state.blank = blank_database()
    seed()
    state.seeded = now
    state.save()


def content_fingerprint() -> str:
    """Return a digest of the texts and of the code that seeds them."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for folder in ("content", "seed"):
        for path in sorted((here / folder).rglob("*.*")):
            if path.suffix in {".py", ".toml"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
