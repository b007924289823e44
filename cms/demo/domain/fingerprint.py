"""Tell whether the migrations that made a demonstration database are still the same.

Until the first release a room's first migration is edited rather than followed by a second one. A
database made before such an edit would fail in odd places, so a start compares and says so.
"""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from cms.demo.models import DemoState


def edited_migrations() -> list[str]:
    """Return the applied migrations of our rooms ("app.name") that changed or vanished since."""
    if DemoState._meta.db_table not in connection.introspection.table_names():
        return []
    try:
        remembered = DemoState.objects.values_list("migrations", flat=True).first() or {}
    except DatabaseError:  # The table itself is of another version.
        return [DemoState._meta.label_lower]
    return sorted(name for name, digest in remembered.items() if digest_of(name) != digest)


def remember_migrations() -> None:
    """Note what made this database: every applied migration of our own rooms."""
    applied = (f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    digests = {name: digest for name in applied if (digest := digest_of(name))}
    state, _created = DemoState.objects.get_or_create()
    if state.migrations != digests:
        state.migrations = digests
        state.save(update_fields=["migrations"])


def digest_of(name: str) -> str:
    """Return the SHA-256 of a migration's file ("app.name"), or nothing if it is none of ours."""
    label, _, migration = name.partition(".")
    try:
        module = f"{apps.get_app_config(label).name}.migrations.{migration}"
        spec = find_spec(module)
    except (LookupError, ModuleNotFoundError):
        return ""
    if not spec or not spec.origin or not _own(Path(spec.origin)):
        return ""
    return hashlib.sha256(Path(spec.origin).read_bytes()).hexdigest()


def _own(path: Path) -> bool:
    return path.is_relative_to(settings.BASE_DIR / "cms") or path.is_relative_to(settings.BASE_DIR / "search")
