"""Bring the demonstration back to what it was on its first day, with dates of today."""

from functools import partial

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction
from wagtail.documents import get_document_model

from cms.demo.models import DemoState
from cms.demo.seed import seed
from cms.pages.models import Picture, PictureRendition


@transaction.atomic
def reset_demo() -> None:
    """Forget everything that visitors did and seed again, in one transaction: all or nothing.

    Whoever reads meanwhile sees the old site, afterwards the new one. Everybody is signed out.
    """
    state = DemoState.objects.select_for_update().get()
    files = _files()
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=True)
    connection.ops.execute_sql_flush(statements)
    # What migrations wrote (root page, site, permissions, groups) is not written by them again.
    connection.creation.deserialize_db_from_string(state.blank)
    _continue_numbering()
    _forget_cached()
    seed()
    state.save(force_update=DemoState.objects.filter(pk=state.pk).exists())
    transaction.on_commit(_forget_cached)
    transaction.on_commit(partial(_delete, files), robust=True)


def blank_database() -> str:
    """Return all rows as JSON; called once, after the migrations and before the first seed."""
    return connection.creation.serialize_db_to_string()


def _continue_numbering() -> None:
    """Let new rows get numbers after those that were just written with theirs (PostgreSQL)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def _forget_cached() -> None:
    ContentType.objects.clear_cache()
    cache.clear()


def _files() -> set[str]:
    """Return the names of all pictures, of their smaller copies, and of documents."""
    models = (Picture, PictureRendition, get_document_model())
    return {name for model in models for name in model.objects.values_list("file", flat=True)}


def _delete(files: set[str]) -> None:
    """Delete files that no row names any more."""
    for name in files - _files():
        default_storage.delete(name)
