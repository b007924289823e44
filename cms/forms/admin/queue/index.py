"""The queue: whatever people handed in, of every kind, narrowed, counted, exported."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from cms.accounts.models import User
from cms.accounts.policy import can, units_where
from cms.core.admin.guard import VisibleIndex
from cms.forms import kinds
from cms.forms.admin.queue.filters import PHASES, QueueFilterSet, readable_kinds
from cms.forms.exports.table import export
from cms.forms.models import Submission
from cms.forms.policy import visible_to
from cms.forms.queries.queue import counted, drafts_by_subject, searched, with_row


class Count(NamedTuple):
    """How many, in words, and the way to them."""

    label: Any
    number: int
    url: str
    here: bool


def narrowed(request: HttpRequest) -> QuerySet[Submission]:
    """Return what the list shows for the filters and the search of an address."""
    filters = QueueFilterSet(request.GET, visible_to(request.user), request=request)
    return searched(filters.but(visible_to(request.user)), request.GET.get("q", ""))


class QueueIndex(VisibleIndex):
    """The newest first; texts of answers are not even read from the database."""

    page_title = gettext_lazy("Submissions")
    template_name = "forms/admin/queue.html"
    results_template_name = "forms/admin/queue_results.html"
    filterset_class = QueueFilterSet
    default_ordering = "-received_at"
    is_searchable = True
    list_export = ("reference",)  # Wagtail shows its buttons; the columns are ours.

    def get_base_queryset(self) -> QuerySet[Any]:
        """Fetch what the columns show in as many queries for three rows as for two hundred."""
        submissions: QuerySet[Any] = super().get_base_queryset()
        return with_row(submissions, related=kinds.related())

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Order rows of one moment or day by their number: pages must not overlap."""
        return queryset.order_by(self.ordering or self.default_ordering, "-pk")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Find words however they are written, and references as they are read out."""
        return searched(queryset, self.search_query)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the counts above the list."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"counts": self.counts, "drafts": self.drafts, "late": self.late}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return how many there are in each phase under the other filters."""
        found = self.filters.but(visible_to(self.request.user), "phase", "overdue")
        return counted(searched(found, self.search_query))

    @property
    def counts(self) -> list[Count]:
        """Return a link to each phase, and to all of them."""
        chosen = self.chosen("phase")
        phases = [
            Count(label, self.numbers[code], self.address(phase=code), chosen == code)
            for code, label in PHASES
        ]
        total = sum(count.number for count in phases)
        return [Count(_("All"), total, self.address(), not (chosen or self.chosen("overdue"))), *phases]

    @property
    def late(self) -> Count | None:
        """Return a link to what should have been done by now, if there is any."""
        number, here = self.numbers["overdue"], bool(self.chosen("overdue"))
        return Count(_("Overdue"), number, self.address(overdue="yes"), here) if number or here else None

    @property
    def drafts(self) -> list[tuple[str, int]]:
        """Return how many people are writing, by subject; never what."""
        found = []
        for kind in readable_kinds(self.request.user):
            if kind.subject_code:
                units = units_where(self.request.user, kind.view)
                drafts = Submission.objects.filter(kind=kind.code, unit__in=units)
                found += drafts_by_subject(drafts, subject_code=kind.subject_code)
        return found

    def chosen(self, name: str) -> str:
        """Return the value of a filter that is in force."""
        return str(self.filters.form.cleaned_data.get(name) or "") if self.filters.is_valid() else ""

    def address(self, **changes: str) -> str:
        """Return the address of the list with the other filters as they are."""
        keep = {name: self.request.GET.getlist(name) for name in self.request.GET}
        for name in ("phase", "overdue", self.page_kwarg, "export", "special", "_w_filter_fragment"):
            keep.pop(name, None)
        query = urlencode({**keep, **changes}, doseq=True)
        return f"{self.index_url}?{query}" if query else str(self.index_url)

    # --- Export ---------------------------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Export before anything is counted or read at once: a table comes row by row."""
        if self.is_export:
            return self.as_spreadsheet(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    @property
    def may_export_special(self) -> bool:
        """Tell whether the person may read answers of a special category anywhere."""
        return any(can(self.request.user, kind.special) for kind in kinds.every())

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Offer the export with answers of a special category apart: it is asked for on purpose."""
        buttons: list[Button] = super().header_more_buttons
        if self.may_export_special:
            url = f"{self.xlsx_export_url}&special=1"
            label = _("Download XLSX with specially protected answers")
            buttons = [*buttons, Button(label, url=url, icon_name="lock", priority=110)]
        return buttons

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
        """Return the list as it is narrowed, with its answers."""
        user = self.request.user
        if not isinstance(user, User):
            raise Http404
        special = self.request.GET.get("special") == "1" and self.may_export_special
        return export(submissions=queryset, by=user, form=spreadsheet_format, special=special)
