"""Rows that are written once."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models


class ImmutableRowError(TypeError):
    """Somebody tried to change or delete a record of what was done."""


class WriteOnceQuerySet(models.QuerySet[Any]):
    """A queryset that adds and reads."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse: see the verbs of `cms.audit.domain`."""
        raise ImmutableRowError(f"{self.model.__name__} rows are written once.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise ImmutableRowError(f"{self.model.__name__} rows are kept.")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise ImmutableRowError(f"{self.model.__name__} rows are written once.")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Add rows; a conflict is an error, never an update."""
        if kwargs.get("update_conflicts"):
            raise ImmutableRowError(f"{self.model.__name__} rows are written once.")
        return super().bulk_create(objs, *args, **kwargs)


class WriteOnceModel(models.Model):
    """A model whose rows can be added, and then only read through the ORM."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to write it again."""
        if not self._state.adding:
            raise ImmutableRowError(f"{type(self).__name__} rows are written once.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise ImmutableRowError(f"{type(self).__name__} rows are kept.")
