"""What wagtail-localize forgets: which sentence took the place of which."""

from django.db import models


class Rewording(models.Model):
    """In one place of a source, `later` was written instead of `earlier`.

    wagtail-localize keeps the translations of every sentence, but of a source only the sentences
    of today. With these rows the translation of the earlier sentence is found again, whatever
    else changed around it.
    """

    context = models.ForeignKey("wagtail_localize.TranslationContext", models.CASCADE, related_name="+")
    earlier = models.ForeignKey("wagtail_localize.String", models.CASCADE, related_name="+")
    later = models.ForeignKey("wagtail_localize.String", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["context", "later"], name="one_earlier_sentence")]

    def __str__(self) -> str:
        return f"{self.context_id}: {self.earlier_id} → {self.later_id}"
