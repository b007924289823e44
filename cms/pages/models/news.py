"""News and workshop announcements."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.core import clock
from cms.core.pages import BasePage
from cms.core.partial import PartialDateField
from cms.core.streams import LeanStreamField
from cms.pages.blocks.body import page_blocks
from cms.pages.blocks.people import PartyBlock, PersonBlock
from cms.pages.enums import NewsCategory
from cms.pages.models.lists import Place, Topic


class NewsIndexPage(BasePage):
    """All news, newest first, with filters and a feed."""

    letter = "ს"

    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")


class NewsPage(BasePage):
    """A story: what happened or will happen, who took part, what it belongs to."""

    letter = "ს"

    date = models.DateField(_("date"), default=clock.today, help_text=_("Lists put the newest first."))
    category = models.CharField(
        _("category"), max_length=20, choices=NewsCategory.options, default=NewsCategory.NEWS
    )
    happens = PartialDateField(
        _("when it happens or happened"), blank=True, null=True, help_text=_("May be a month or a year only.")
    )
    happens_until = PartialDateField(_("until"), blank=True, null=True)
    venue = models.CharField(_("where"), max_length=150, blank=True, help_text=_("Such as: online."))
    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"))
    places = ParentalManyToManyField(Place, blank=True, verbose_name=_("places"))
    picture = models.ForeignKey(
        "cms_pages.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Without one, a pattern of arches is drawn."),
    )
    picture_text = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For people who do not see it: one plain sentence."),
    )
    picture_caption = models.CharField(_("caption"), max_length=250, blank=True)
    body = LeanStreamField(page_blocks(), verbose_name=_("text"), blank=True)
    mentions = LeanStreamField(
        [("person", PersonBlock()), ("organisation", PartyBlock())],
        verbose_name=_("people and organisations"),
        blank=True,
    )
    related = LeanStreamField(
        [("page", blocks.PageChooserBlock(label=_("Page")))],
        verbose_name=_("belongs to"),
        blank=True,
        help_text=_("The project, event, service or office that this is about."),
    )
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    source_link = models.URLField(_("link to the source"), blank=True)

    parent_page_types = ["cms_pages.NewsIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("topics", overridable=False),
        SynchronizedField("places", overridable=False),
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_text"), FieldPanel("picture_caption")], _("Picture")
        ),
        FieldPanel("body"),
        FieldPanel("mentions"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date"), FieldPanel("category")]),
                FieldRowPanel([FieldPanel("happens"), FieldPanel("happens_until"), FieldPanel("venue")]),
                FieldPanel("topics", widget=CheckboxSelectMultiple),
                FieldPanel("places", widget=CheckboxSelectMultiple),
            ],
            _("In short"),
        ),
        FieldPanel("related"),
        FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_link")]),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def clean(self) -> None:
        """Ask for words beside a picture, and for an order of dates."""
        super().clean()
        errors = {}
        if self.picture_id and not self.picture_text:
            errors["picture_text"] = _("Say what the picture shows: not everybody sees it")
        if self.happens_until and (not self.happens or self.happens_until.last < self.happens.first):
            errors["happens_until"] = _("Enter a date after the beginning")
        if errors:
            raise ValidationError(errors)
