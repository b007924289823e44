"""Lists that all pages share: topic, audience, place."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.pages.enums import PlaceKind


class Entry(TranslatableMixin, models.Model):
    """One entry of a shared list, a row a language; filters know it by its slug."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(
        _("slug"), max_length=60, help_text=_("For addresses; the same in every language.")
    )

    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("slug", overridable=False)]
    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("locale", "slug"), name="%(class)s_slug_a_language"),)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a slug that another entry of the language has: forms do not know the language."""
        super().clean()
        twins = type(self).objects.filter(locale=self.locale_id, slug=self.slug).exclude(pk=self.pk)
        if self.slug and twins.exists():
            raise ValidationError({"slug": _("Another entry of this language has this slug")})


class Topic(Entry):
    """What a page is about, such as work, language or housing."""

    class Meta(Entry.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Audience(Entry):
    """Whom something is for, such as families or people who have come back."""

    class Meta(Entry.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Place(Entry):
    """Where something is: a municipality in a region."""

    kind = models.CharField(
        _("kind"), max_length=20, choices=PlaceKind.options, default=PlaceKind.MUNICIPALITY
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("lies in")
    )

    panels = [*Entry.panels, FieldPanel("kind"), FieldPanel("part_of")]

    class Meta(Entry.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def clean(self) -> None:
        """Refuse a place that lies in itself, however far up."""
        super().clean()
        above, below = self.part_of, {self.pk}
        while above:
            if above.pk in below:
                raise ValidationError({"part_of": _("A place cannot lie in itself")})
            below.add(above.pk)
            above = above.part_of
