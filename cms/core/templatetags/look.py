"""Tags of the public pages: `{% load look %}`."""

from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from cms.core.display import chosen
from cms.core.languages import address_in, direction, fallbacks, language_name
from cms.core.qr import qr_svg
from cms.core.renderer import dressed, render_field
from cms.core.security import once as once_key
from cms.core.text.device import device_of

register = template.Library()
register.filter("device", device_of)
register.filter("language_named", language_name)


class LanguageLink(NamedTuple):
    """One language of the switch, by its own name."""

    code: str
    name: str
    direction: str
    url: str
    current: bool
    instead: str = ""
    """The language that is shown there, because there is no translation."""


class ErrorLink(NamedTuple):
    """One line of the error summary; without a field it is no link."""

    message: str
    focus_id: str


@register.simple_tag(takes_context=True)
def page_attributes(context: Context) -> SafeString:
    """Return lang, dir and the visitor's choice of theme and mode for the html element."""
    language = get_language() or settings.LANGUAGE_CODE
    attributes = {"lang": language, "dir": direction(language)}
    request = context.get("request")
    if isinstance(request, HttpRequest):
        attributes |= {f"data-{name}": value for name, value in chosen(request).items()}
    return format_html_join(" ", '{}="{}"', attributes.items())


@register.simple_tag(takes_context=True)
def text_only(context: Context) -> bool:
    """Tell whether the visitor wants neither drawing nor picture: then they are not even sent."""
    request = context.get("request")
    return isinstance(request, HttpRequest) and chosen(request).get("mode") == "text"


@register.inclusion_tag("components/langs.html", takes_context=True)
def languages(context: Context) -> dict[str, list[LanguageLink]]:
    """Show the languages; each link keeps the page.

    A page puts `translations` (code → address) into the context; where one is missing, its own
    address in that language shows it in the best language there is, and the link says which.
    """
    request = context.get("request")
    here = request.get_full_path() if isinstance(request, HttpRequest) else "/"
    translations: dict[str, str] | None = context.get("translations")
    return {"links": [_language_link(code, name, here, translations) for code, name in settings.LANGUAGES]}


def _language_link(code: str, name: str, here: str, translations: dict[str, str] | None) -> LanguageLink:
    current = code == get_language()
    if current or translations is None:
        return LanguageLink(
            code, name, direction(code), here if current else translate_url(here, code), current
        )
    if code in translations:
        return LanguageLink(code, name, direction(code), translations[code], current)
    instead = next((other for other in fallbacks(code) if other in translations), "")
    return LanguageLink(code, name, direction(code), address_in(code, here), current, instead)


@register.simple_tag(name="home_url")
def home_url(language: str = "") -> str:
    """Return the address of the home page in a language, by default the current one."""
    with override(language or get_language()):
        return reverse("wagtail_serve", args=[""])


@register.simple_tag
def field(bound_field: BoundField) -> SafeString:
    """Render one field of any form: `{% field form.email %}`."""
    return render_field(bound_field)


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Render all fields of any form, hidden ones first; the summary of errors is a tag of its own."""
    ordered = [*form.hidden_fields(), *form.visible_fields()]
    return mark_safe("\n".join(render_field(item) for item in ordered))  # noqa: S308 - rendered parts


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """Carry the key by which a form that is sent twice counts once; each post form has one."""
    request = context.get("request")
    key = once_key.key_for(request if isinstance(request, HttpRequest) else None)
    return format_html('<input type="hidden" name="{}" value="{}">', once_key.FIELD, key)


@register.inclusion_tag("components/error-summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """List the errors of one or more forms, each a link to its field; nothing without errors."""
    links: list[ErrorLink] = []
    for form in filter(None, forms):
        links += [ErrorLink(str(message), "") for message in form.non_field_errors()]
        for bound_field in form:
            ours = dressed(bound_field)
            target = "" if ours.is_hidden else ours.focus_id
            links += [ErrorLink(message, target) for message in ours.messages]
    return {"links": links}


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """Draw a QR code: `{% qr address label %}`, the label being what is read out in its place."""
    return qr_svg(text, label=label)
