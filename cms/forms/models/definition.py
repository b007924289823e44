"""The words and questions of a form, as editors write and translate them."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.core.blocks import PLAIN_TEXT
from cms.core.streams import LeanStreamField
from cms.forms.blocks import StepBlock
from cms.forms.models.form import Form


class FormDefinition(PreviewableMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, ClusterableModel):
    """A form in one language.

    People never fill in a definition: publishing one, in any language, compiles the row in the
    source language with everybody's texts into a version.
    """

    form = models.ForeignKey(Form, models.PROTECT, related_name="definitions", verbose_name=_("form"))
    title = models.CharField(_("title"), max_length=150)
    intro = RichTextField(
        _("before one begins"),
        features=PLAIN_TEXT,
        blank=True,
        help_text=_("What it is for, what to have at hand, how long it takes."),
    )
    privacy = RichTextField(
        _("how the data are kept"),
        features=PLAIN_TEXT,
        help_text=_("Who reads the answers, why, for how long. Stands before the button that sends."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), default=30)
    steps = LeanStreamField([("step", StepBlock())], verbose_name=_("steps"), collapsed=True)

    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("form", overridable=False),
        SynchronizedField("minutes", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("text of a form")
        verbose_name_plural = _("texts of forms")
        ordering = ("title",)
        constraints = (
            models.UniqueConstraint(fields=("form", "locale"), name="one_definition_a_form_and_language"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def unit_id(self) -> int:
        """Return the unit of the form, by which rights are asked."""
        return self.form.unit_id

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:  # noqa: ARG002 - Wagtail's signature
        """Show what people will see, all steps on one page."""
        return "forms/preview.html"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Render the preview in the language of the text."""
        with override(self.locale.language_code):
            request.LANGUAGE_CODE = self.locale.language_code
            response: HttpResponse = super().serve_preview(request, mode_name).render()
        return response
