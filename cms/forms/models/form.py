"""A form, and the versions of it that people have filled in."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.audit.models.immutable import WriteOnceModel
from cms.core import clock
from cms.forms.enums import Door


class Form(models.Model):
    """One form in all its languages: whose it is, and which version people begin with today.

    Its words live in the definition, a row a language; nothing operational can hang on those.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name for staff"), max_length=150)
    unit = models.ForeignKey(
        "cms_accounts.Unit", models.PROTECT, related_name="forms", verbose_name=_("unit")
    )
    kind = models.CharField(_("kind"), max_length=20)
    door = models.CharField(_("who fills it in"), max_length=10, choices=Door.options, default=Door.ACCOUNT)
    helpers = models.BooleanField(
        _("helpers may fill it in for somebody"),
        default=True,
        help_text=_("Staff of hubs and mediators, for people who cannot do it alone."),
    )
    current = models.ForeignKey(
        "cms_forms.FormVersion",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("version in use"),
    )
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class FormVersion(WriteOnceModel):
    """What a form asked at one time: structure and texts of every language, never changed.

    A draft keeps its structure and follows mended texts: it shows the newest version of the same
    `structure_sha256`. What was sent points to the very version it was sent with.
    """

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions", verbose_name=_("form"))
    number = models.PositiveIntegerField(_("number"))
    structure = models.JSONField(_("structure"))
    texts = models.JSONField(_("texts"))
    missing = models.JSONField(_("untranslated"), default=dict)
    structure_sha256 = models.CharField(max_length=64)
    texts_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    created_by = models.ForeignKey(
        "cms_accounts.User",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("form", "number"), name="one_version_a_number"),)
        indexes = (
            models.Index(fields=("form", "structure_sha256", "-number"), name="versions_of_a_structure"),
        )

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"

    @property
    def same_structure(self) -> QuerySet[Any]:
        """Return the versions that ask the same, the newest words first."""
        return FormVersion.objects.filter(form_id=self.form_id, structure_sha256=self.structure_sha256)
