"""How every public form looks: fields, hints and errors in one order, wired for screen readers.

The renderer is set on our base forms, not by `FORM_RENDERER`: that one would restyle Wagtail's
admin as well. Forms of other packages take part through the tags of `look`.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.core.controls import FilesBox
from cms.core.formats.bidi import quoting
from cms.core.text.count import characters_told

PLAIN_REQUIRED = forms.Field.default_error_messages["required"]

LEFT_TO_RIGHT = {"email", "tel", "url", "number"}
"""Input types whose text runs from left to right in every language."""


class BoundField(DjangoBoundField):
    """A field with the attributes that our templates and stylesheet rely on."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add class, direction and all descriptions; drop placeholders, which are no labels."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        if self.kind in {"input", "parts"}:
            attrs["class"] = " ".join(filter(None, ["input", widget.attrs.get("class")]))
        if "placeholder" in widget.attrs:
            attrs["placeholder"] = False
        if getattr(widget, "input_type", None) in LEFT_TO_RIGHT:
            attrs.setdefault("dir", "ltr")
        if not self.use_fieldset and self.described_by:
            attrs["aria-describedby"] = self.described_by
        return attrs

    @property
    def kind(self) -> str:
        """Return which branch of `components/field.html` shows this field."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "choices"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        if isinstance(widget, FilesBox):
            return "files"
        if isinstance(widget, forms.FileInput):
            return "file"
        return "parts" if widget.use_fieldset else "input"

    @property
    def messages(self) -> list[str]:
        """Return the errors in words that also make sense far from the field, in the summary."""
        return [message for error in self.errors.as_data() for message in self._worded(error)]

    def _worded(self, error: ValidationError) -> list[str]:
        # Django's own sentence, four times in a row, would tell nobody what is missing.
        if error.code != "required" or self.field.error_messages["required"] != PLAIN_REQUIRED:
            return list(error.messages)
        sentence = _("Please tick: %(label)s") if self.kind == "checkbox" else _("Please answer: %(label)s")
        return [quoting(sentence, label=self.label)]

    @property
    def hint_id(self) -> str:
        """Return the id of the hint's element."""
        return f"{self.auto_id}_hint"

    @property
    def error_id(self) -> str:
        """Return the id of the error's element."""
        return f"{self.auto_id}_error"

    @property
    def count_id(self) -> str:
        """Return the id of the element that tells how long the text may be."""
        return f"{self.auto_id}_count"

    @property
    def limits(self) -> list[str]:
        """Return how long a text may be, in words for people; short ones are cut by nobody."""
        most = getattr(self.field, "max_length", None)
        if most and isinstance(self.field.widget, forms.Textarea):
            return [characters_told(most)]
        return list(getattr(self.field, "limits", ()))

    @property
    def details(self) -> str:
        """Return the rich text that stands above a lone box: what is confirmed by it."""
        return getattr(self.field, "details", "")

    @property
    def language(self) -> str:
        """Return the language of the rich text; empty is the reader's."""
        return getattr(self.field, "language", "")

    @property
    def optional(self) -> bool:
        """Return whether the label says "(optional)"; a lone box to tick says it by itself."""
        return not self.field.required and self.kind != "checkbox" and not self.field.disabled

    @property
    def described_by(self) -> str:
        """Return the ids that `aria-describedby` names: the widget's own, hint, error, counter."""
        ids = [self.field.widget.attrs.get("aria-describedby")]
        if self.auto_id and not self.is_hidden:
            ids += [self.hint_id] if self.help_text else []
            ids += [self.error_id] if self.errors else []
            ids += [self.count_id] if self.limits else []
        return " ".join(filter(None, ids))

    @property
    def focus_id(self) -> str:
        """Return the id to which a link in the error summary leads: the first control that is wrong."""
        if not self.use_fieldset:
            return self.id_for_label
        parts = [part for part in self.subwidgets if part.id_for_label]
        wrong = [part for part in parts if "aria-invalid" in part.data["attrs"]]
        return next((part.id_for_label for part in wrong or parts), self.auto_id)


class Renderer(TemplatesSetting):
    """Renders forms and fields by the templates of `components/`."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = BoundField


class Form(forms.Form):
    """The base of every public form."""

    default_renderer = Renderer
    use_required_attribute = False  # Browsers speak their own language and stop at the first error.


class ModelForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """The base of every public form about one object."""

    default_renderer = Renderer
    use_required_attribute = False


def dressed(field: DjangoBoundField) -> BoundField:
    """Return a field of any form as ours, so that foreign forms look like our own."""
    if isinstance(field, BoundField):
        return field
    ours = BoundField(field.form, field.field, field.name)
    ours.renderer = Renderer()
    return ours


def render_field(field: DjangoBoundField) -> SafeString:
    """Return label, hint, error and control of one field; only the control if it is hidden."""
    ours = dressed(field)
    if ours.is_hidden:
        return ours.as_widget()
    return ours.render(template_name=Renderer.field_template_name)
