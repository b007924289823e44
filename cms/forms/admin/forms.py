"""Forms in the admin: those of one's own units."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.accounts.policy import Person
from cms.core.admin.guard import ObjectGuard, VisibleIndex
from cms.forms import kinds
from cms.forms.definition.compile import source_row
from cms.forms.models import Form
from cms.forms.policy import forms_visible_to
from cms.forms.presenters.editing import FormForm
from cms.forms.queries.definitions import with_drafts

DEFINITION = "wagtailsnippets_cms_forms_formdefinition"
"""The namespace of the texts, by the name under which wagtail-localize looks for it."""


def text_url(form: Form) -> str:
    """Return where the questions of a form are written."""
    source = source_row(form)
    return reverse(f"{DEFINITION}:edit", args=[source.pk]) if source else ""


def version_of(form: Form) -> str:
    """Say which version is in use."""
    if form.current is None:
        return str(_("Not published yet"))
    return str(_("Version %(number)s") % {"number": form.current.number})


def kind_of(form: Form) -> str:
    """Return the kind in words, or its code where nobody knows it any more."""
    return str(dict(kinds.choices()).get(form.kind, form.kind))


class FormIndex(VisibleIndex):
    """Whose forms, for what, and how many people are filling them in."""

    any_permission_required = ("change",)

    @cached_property
    def columns(self) -> list[Column]:
        """Return what tells forms apart."""
        return [
            TitleColumn("name", label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("code", label=_("Code"), sort_key="code"),
            Column("unit", label=_("Unit")),
            Column("kind", label=_("Kind"), accessor=kind_of),
            Column("door", label=_("Who fills it in"), accessor="get_door_display"),
            Column("version", label=_("In use"), accessor=version_of),
            Column("drafts", label=_("Being filled in")),
        ]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Fetch all of that at once."""
        return with_drafts(super().get_base_queryset())


class FormAdd(generic.CreateView):
    """Make a form, and go on to its questions."""

    success_message = _("“%(object)s” was made. Now write its questions.")

    def get_success_url(self) -> str:
        """Lead to the text."""
        return text_url(self.object)


class FormEdit(generic.EditView):
    """Change what belongs to no language."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Offer the way to the questions."""
        buttons: list[Button] = super().header_more_buttons
        questions = Button(_("Questions and texts"), url=text_url(self.object), icon_name="edit", priority=5)
        return [*buttons, questions]


class FormViewSet(ObjectGuard, ModelViewSet):
    """Forms; what they ask is written in their texts."""

    model = Form
    name = "forms"
    url_namespace = "forms_admin"  # "forms" are the pages on which people fill them in.
    icon = "form"
    menu_label = _("Forms")
    menu_order = 100
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = FormIndex
    add_view_class = FormAdd
    edit_view_class = FormEdit
    search_fields = ("name", "code")
    search_backend_name = None
    ordering = ("name",)

    def visible_to(self, user: Person) -> QuerySet[Form]:
        """Return the forms of one's units."""
        return forms_visible_to(user)

    def get_form_class(self, for_update: bool = False) -> type[FormForm]:  # noqa: ARG002, FBT001, FBT002 - Wagtail's signature
        """Return the one form for both."""
        return FormForm
