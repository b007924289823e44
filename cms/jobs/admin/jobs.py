"""Jobs in the admin: look, filter, and start dead ones again."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.widgets import Button

from cms.core.admin.bulk import VisibleBulkAction
from cms.core.admin.guard import ObjectGuard, VisibleIndex
from cms.core.admin.read_only import ReadOnlyViewSet
from cms.jobs.models import Job
from cms.jobs.policy import may_retry, retriable_by, visible_to
from cms.jobs.registry import known_kinds
from cms.jobs.retry import retry


def _retry_url(job: Job) -> str:
    return reverse("jobs:retry", args=(quote(job.pk),))


def _retry_button(job: Job, *, priority: int = 10) -> Button:
    return Button(_("Try again"), url=_retry_url(job), icon_name="rotate", priority=priority)


class JobFilters(WagtailFilterSet):
    """Narrow the list by state, lane and kind."""

    kind = ChoiceFilter(label=_("Kind"), choices=lambda: [(kind, kind) for kind in known_kinds()])

    class Meta:
        model = Job
        fields = ("state", "lane", "kind")


class JobIndex(VisibleIndex):
    """The list, with boxes for those who may retry."""

    @cached_property
    def retriable(self) -> bool:
        """Whether the person may start dead jobs again."""
        return may_retry(self.request.user)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Put a box before each job."""
        boxes = [BulkActionsCheckboxColumn("bulk_actions", obj_type="job")] if self.retriable else []
        return [*boxes, *super().columns]

    def _get_title_column(self, *args: Any, **kwargs: Any) -> BaseColumn:
        return super()._get_title_column(*args, **kwargs, get_title_id=lambda job: f"job_{job.pk}_title")

    def get_list_more_buttons(self, instance: Job) -> list[Any]:
        """Offer another try for a dead job."""
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if instance.is_dead and self.retriable:
            buttons.append(_retry_button(instance))
        return buttons


class JobInspect(InspectView):
    """One job in full."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Offer another try for a dead job."""
        buttons: list[Any] = list(super().header_more_buttons)
        if self.object.is_dead and may_retry(self.request.user):
            buttons.append(_retry_button(self.object))
        return buttons


class JobRetry(InspectView):
    """Ask first, then start a dead job again."""

    permission_required = "retry"
    any_permission_required = None
    page_title = _("Try again")
    template_name = "cms_jobs/retry.html"

    def get_object(self, queryset: QuerySet[Job] | None = None) -> Job:  # noqa: ARG002 - Wagtail's signature
        """Return the job if it is dead; there is nothing to ask about others."""
        job = retriable_by(self.request.user).filter(pk=self.pk).first()
        if job is None:
            raise Http404
        return job

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Queue it and go back to the list."""
        if retry(job=self.object, by=request.user):
            messages.success(request, gettext("The job will run again in a moment."))
        return redirect(self.index_url_name)


class JobViewSet(ObjectGuard, ReadOnlyViewSet):
    """The outbox; open to people with the permission `cms_jobs.view_job`."""

    model = Job
    name = "jobs"
    icon = "cogs"
    menu_label = _("Jobs")
    menu_order = 910
    add_to_settings_menu = True
    ordering = "-id"
    list_per_page = 50
    list_display = (
        "kind",
        "lane",
        "state",
        "attempts",
        DateColumn("run_after", label=_("Not before"), sort_key="run_after"),
        Column("error", label=_("Last error")),
    )
    filterset_class = JobFilters
    index_view_class = JobIndex
    index_template_name = "cms_jobs/index.html"
    inspect_view_class = JobInspect
    inspect_view_fields = (
        *("id", "kind", "version", "args", "lane", "state", "attempts", "run_after", "dedupe_key"),
        *("error", "lease_until", "created_at", "finished_at"),
    )
    form_fields: tuple[str, ...] = ()

    def visible_to(self, user: Any) -> QuerySet[Job]:
        """Return what the person may see."""
        return visible_to(user)

    @property
    def retry_view(self) -> Any:
        """The page that asks, and its POST."""
        return self.construct_view(JobRetry)

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Add the one thing that can be done to a job."""
        return [
            *super().get_urlpatterns(),
            path("retry/<int:pk>/", self.guarded(self.retry_view), name="retry"),
        ]


class RetryJobs(VisibleBulkAction):
    """Start the chosen dead jobs again."""

    display_name = _("Try again")
    aria_label = _("Try the chosen jobs again")
    action_type = "retry"
    template_name = "cms_jobs/bulk_retry.html"
    models = [Job]

    def visible_to(self, user: Any) -> QuerySet[Job]:
        """Return dead jobs only: a bulk action has nothing to say about the others."""
        return retriable_by(user)

    def check_perm(self, obj: Model) -> bool:
        """Allow what `visible_to` lets through."""
        return isinstance(obj, Job) and obj.is_dead

    def get_all_objects_in_listing_query(self, parent_id: object) -> list[int]:  # noqa: ARG002 - Wagtail's signature
        """Return the jobs behind "select all": those the list was narrowed to."""
        jobs = self.visible_to(self.request.user)
        return list(JobFilters(self.request.GET, jobs, request=self.request).qs.values_list("pk", flat=True))

    def get_execution_context(self) -> dict[str, Any]:
        """Hand over who did it."""
        return {"by": self.request.user}

    @classmethod
    def execute_action(cls, objects: Iterable[Job], *, by: object = None, **_kwargs: Any) -> tuple[int, int]:
        """Queue each job again."""
        return sum(retry(job=job, by=by) for job in objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:  # noqa: ARG002 - Wagtail's signature
        """Tell how many will run."""
        return ngettext(
            "%(count)s job will run again in a moment.",
            "%(count)s jobs will run again in a moment.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


jobs = JobViewSet()
