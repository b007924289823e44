"""The number of the site's content: whatever visitors see changes it."""

from django.db import models


class Generation(models.Model):
    """Exactly one row; `cms.pages.cache.generation` reads and changes it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.BigIntegerField(editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_generation")]

    def __str__(self) -> str:
        return str(self.number)
