"""What readers see of events: a calendar, and a page for each event, a row a language."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail_localize.fields import SynchronizedField

from cms.accounts.policy import units_where
from cms.core.blocks import body_blocks
from cms.core.pages import BasePage, BasePageForm
from cms.core.streams import LeanStreamField
from cms.events.blocks import PartyBlock, ProgrammeBlock
from cms.events.enums import ANNOUNCE
from cms.events.models.event import Event
from cms.events.models.occurrence import Occurrence

FRESH = timedelta(minutes=1)
"""So long a copy of a page may tell how many seats are free; registering always counts anew."""


class EventPageForm(BasePageForm):
    """The editor's form: of events it offers those of units for which the editor announces any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "event" in self.fields:
            own = Q(unit__in=units_where(self.for_user, ANNOUNCE)) | Q(pk=self.instance.event_id)
            self.fields["event"].queryset = Event.objects.filter(own)


class EventIndexPage(BasePage):
    """The calendar: what comes next, narrowed down by town, topic, audience, language and kind."""

    letter = "ღ"

    body = LeanStreamField(body_blocks(), verbose_name=_("text above the list"), blank=True)

    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_events.EventPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def changes_at(self, moment: datetime) -> datetime | None:
        """Return when the next of all dates opens, closes or ends, or when seats are counted again."""
        edge = Occurrence.any_changes_at(moment)
        return min(edge, moment + FRESH) if edge else None


class EventPage(BasePage):
    """The words of one event; dates, places and seats come from the event itself."""

    letter = "ღ"

    event = models.ForeignKey(Event, models.PROTECT, related_name="pages", verbose_name=_("event"))
    series = models.ForeignKey(
        "cms_events.Series",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("series"),
    )
    topics = ParentalManyToManyField("cms_pages.Topic", blank=True, verbose_name=_("topics"))
    audiences = ParentalManyToManyField("cms_pages.Audience", blank=True, verbose_name=_("audiences"))
    cost = models.CharField(
        _("what it costs"), max_length=100, blank=True, help_text=_("Such as: free of charge.")
    )
    parties = LeanStreamField(
        [("party", PartyBlock())], verbose_name=_("organiser, partners, funder"), blank=True
    )
    project = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("belongs to the project"),
    )
    body = LeanStreamField(body_blocks(), verbose_name=_("text"), blank=True)
    programme = LeanStreamField([("item", ProgrammeBlock())], verbose_name=_("programme"), blank=True)
    contact = models.ForeignKey(
        "cms_pages.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
    )

    base_form_class = EventPageForm
    parent_page_types = ["cms_events.EventIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in ("event", "topics", "audiences")),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("event"), FieldPanel("series")]),
        FieldPanel("body"),
        FieldPanel("programme"),
        FieldPanel("parties"),
        FieldRowPanel([PageChooserPanel("project", "cms_pages.ProjectPage"), FieldPanel("cost")]),
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=CheckboxSelectMultiple),
                FieldPanel("audiences", widget=CheckboxSelectMultiple),
            ],
            _("In short"),
        ),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def changes_at(self, moment: datetime) -> datetime | None:
        """Return when one of its dates opens, closes or ends, or when seats are counted again."""
        edge = Occurrence.any_changes_at(moment, event=self.event_id)
        return min(edge, moment + FRESH) if edge else None
