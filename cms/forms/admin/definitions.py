"""The texts of forms in the admin: written, translated, looked at and published."""

from typing import Any, NoReturn

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    LocaleColumn,
    UpdatedAtColumn,
)
from wagtail.admin.widgets.button import Button, ButtonWithDropdown
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from cms.accounts.policy import Person
from cms.core.admin.guard import ObjectGuard, VisibleIndex
from cms.forms.definition.problems import DefinitionError
from cms.forms.models import FormDefinition
from cms.forms.policy import definitions_visible_to
from cms.forms.presenters.editing import DefinitionForm
from cms.forms.presenters.in_use import in_use, published


def state_of(definition: FormDefinition) -> str:
    """Say whether people read it; Wagtail's own column asks the database for each row."""
    if not definition.live:
        return str(_("Draft"))
    return str(_("Published; changes wait") if definition.has_unpublished_changes else _("Published"))


class InUsePanel(Panel):
    """What people who are filling in the form now will see of a change."""

    class BoundPanel(Panel.BoundPanel):
        """The panel at one text."""

        template_name = "forms/admin/in_use.html"

        def is_shown(self) -> bool:
            """Show it once there is something in use."""
            return bool(self.instance.form_id and self.instance.form.current_id)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Say what is in use, and by how many."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"in_use": in_use(self.instance.form)}


class DefinitionIndex(VisibleIndex, IndexView):
    """Texts in all languages; nothing is done to many at once."""

    any_permission_required = ("change",)

    @cached_property
    def columns(self) -> list[Column]:
        """Leave out the boxes of bulk actions: there is none."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Fetch what the columns show; steps are long and not shown."""
        definitions = super().get_base_queryset()
        return definitions.select_related("form__unit", "locale").defer(
            "steps", "intro", "privacy", "latest_revision__content"
        )

    def get_list_buttons(self, instance: Any) -> list[Button]:
        """Offer to edit; wagtail-localize's own buttons ask the database for each row."""
        buttons = [Button.from_menu_item(item) for item in self.get_list_more_buttons(instance)]
        label = {"aria-label": _("More options for “%(title)s”") % {"title": instance}}
        return [ButtonWithDropdown(buttons=buttons, icon_name="dots-horizontal", attrs=label)]


class DefinitionEdit(EditView):
    """Write a text; publishing makes the version that people fill in."""

    def publish_action(self) -> HttpResponse | None:
        """Publish and compile together, or leave a draft and say why."""
        try:
            with transaction.atomic():
                response: HttpResponse | None = super().publish_action()
        except DefinitionError as error:  # Somebody was quicker, and the form is another by now.
            for problem in error.problems:
                messages.error(self.request, problem.text)
            return None
        for line in published(self.object.form_id):
            messages.info(self.request, line)
        return response


class DefinitionViewSet(ObjectGuard, SnippetViewSet):
    """A snippet, because wagtail-localize translates snippets; by the rules of its form."""

    model = FormDefinition
    icon = "doc-full"
    menu_label = _("Questions and texts")
    menu_order = 110
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = DefinitionIndex
    edit_view_class = DefinitionEdit
    search_fields = ("title",)
    search_backend_name = None
    ordering = ("form__name", "locale__language_code")
    list_display = (
        "title",
        Column("form", label=_("Form")),
        Column("unit", label=_("Unit"), accessor="form.unit"),
        LocaleColumn(label=_("Language")),
        Column("state", label=_("State"), accessor=state_of),
        UpdatedAtColumn(label=_("Updated")),
    )
    left_out = frozenset({"unpublish", "revisions_unschedule"})
    """A form that people have begun is never taken away; what it is for is closed instead."""

    edit_handler = ObjectList(
        [
            InUsePanel(),
            FieldPanel("title"),
            FieldPanel("minutes"),
            FieldPanel("intro"),
            FieldPanel("steps"),
            FieldPanel("privacy"),
        ],
        base_form_class=DefinitionForm,
    )

    def visible_to(self, user: Person) -> QuerySet[FormDefinition]:
        """Return the texts that the person may write."""
        return definitions_visible_to(user)

    def register_chooser_viewset(self) -> None:
        """Register none: a text belongs to its form, and nobody chooses one."""

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Leave out what is never done to a form."""
        patterns = super().get_urlpatterns()
        return [pattern for pattern in patterns if getattr(pattern, "name", "") not in self.left_out]


class NoBulkDelete(DeleteBulkAction):
    """Wagtail's bulk action over snippets, closed for texts of forms."""

    models = [FormDefinition]

    def dispatch(self, *_request: object, **_kwargs: object) -> NoReturn:
        """Answer as if it did not exist."""
        raise Http404


def without_unpublish(menu_items: list[Any], _request: Any, context: dict[str, Any]) -> None:
    """Leave the way out that does not exist out of the menu of a text."""
    if context.get("model") is FormDefinition:
        menu_items[:] = [item for item in menu_items if item.name != "action-unpublish"]
