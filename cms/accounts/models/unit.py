"""An office, a hub or a partner: whoever owns calls, events, forms and submissions."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.accounts.enums import UnitKind


class Unit(models.Model):
    """A unit; units have two levels, a unit under another has none of its own.

    The code is part of the names of Django groups: it is chosen once. Root page and collection say
    where the unit's editors write: they are the only bridge between units and Wagtail's content.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=UnitKind.options)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    email = models.EmailField(_("reply-to address"), blank=True)
    root_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pages"),
        help_text=_("Editors of this unit write this page and all pages below it."),
    )
    collection = models.ForeignKey(
        "wagtailcore.Collection",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("images and documents"),
        help_text=_("Editors of this unit keep their images and documents here."),
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=~Q(parent=F("id")), name="no_unit_above_itself"),)

    def __str__(self) -> str:
        return self.name

    @property
    def at_the_top(self) -> bool:
        """Tell whether this is a main office: neither a hub nor a partner beside it."""
        return self.parent_id is None and self.kind == UnitKind.OFFICE

    def clean(self) -> None:
        """Keep units to two levels."""
        super().clean()
        parent = self.parent
        if parent is None:
            return
        if parent.parent_id or parent.pk == self.pk or (self.pk and self.children.exists()):
            raise ValidationError({"parent": _("Units have two levels: choose a unit at the top.")})
