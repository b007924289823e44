"""What readers see of calls: a list of them, and a page for each, a row a language."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.accounts.policy import units_where
from cms.core.blocks import Untranslated, body_blocks
from cms.core.pages import BasePage, BasePageForm
from cms.core.streams import LeanStreamField
from cms.grants.enums import ANNOUNCE, Fit
from cms.grants.models.call import Call


class FitBlock(Untranslated, blocks.ChoiceBlock):
    """Whether a rule lets in, asks or keeps out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Fit.options, default=Fit.YES.value, **kwargs)


class RuleBlock(blocks.StructBlock):
    """One rule about who may apply, as a whole sentence."""

    fit = FitBlock(label=_("Means"))
    text = blocks.CharBlock(label=_("Sentence"), max_length=300)

    class Meta:
        icon = "tick"
        label = _("Rule")


class CallPageForm(BasePageForm):
    """The editor's form: of calls it offers those of units for which the editor announces any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "call" in self.fields:
            own = Q(unit__in=units_where(self.for_user, ANNOUNCE)) | Q(pk=self.instance.call_id)
            self.fields["call"].queryset = Call.objects.filter(own)


class CallIndexPage(BasePage):
    """All calls: those open now first."""

    letter = "გ"

    body = LeanStreamField(body_blocks(), verbose_name=_("text above the list"), blank=True)

    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_grants.CallPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("grants")
        verbose_name_plural = _("grants")

    def changes_at(self, moment: datetime) -> datetime | None:
        """Return when the next of all calls opens or closes."""
        return Call.any_changes_at(moment)


class CallPage(BasePage):
    """The words of one call; dates, amounts and whether it is open come from the call itself."""

    letter = "გ"

    call = models.ForeignKey(
        Call, models.PROTECT, related_name="pages", verbose_name=pgettext_lazy("for applications", "call")
    )
    rules = LeanStreamField([("rule", RuleBlock())], verbose_name=_("who may apply"), blank=True)
    body = LeanStreamField(body_blocks(), verbose_name=_("text"), blank=True)
    choosing = LeanStreamField(
        [("step", blocks.TextBlock(label=_("Step"), max_length=400))],
        verbose_name=_("how we choose"),
        blank=True,
    )
    contact = models.ForeignKey(
        "cms_pages.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
    )

    base_form_class = CallPageForm
    parent_page_types = ["cms_grants.CallIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("call", overridable=False),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("call"),
        FieldPanel("rules"),
        FieldPanel("body"),
        FieldPanel("choosing"),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = pgettext_lazy("for applications", "call")
        verbose_name_plural = pgettext_lazy("for applications", "calls")

    def changes_at(self, moment: datetime) -> datetime | None:
        """Return when the call opens or closes next."""
        return self.call.changes_at(moment)
