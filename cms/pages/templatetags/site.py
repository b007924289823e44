"""Tags of our pages: `{% load site %}`."""

from typing import Any

from django import template
from django.template import Context
from wagtail.models import Page

from cms.core.absolute import absolute
from cms.core.languages import reader_language
from cms.pages import presenters
from cms.pages.presenters.links import PageLink, linked

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context: Context, page: Page) -> str:
    """Return the address of a page in the reader's part of the site: `{% address project %}`."""
    return presenters.address(page, reader_language(context))


@register.simple_tag(takes_context=True)
def page_link(context: Context, number: int | None) -> PageLink | None:
    """`{% page_link page.project_id as project %}`: a page that an editor chose, in the best language."""
    return linked([number], reader_language(context)).get(number) if number else None


@register.inclusion_tag("components/crumbs.html", takes_context=True)
def crumbs(context: Context) -> dict[str, Any]:
    """Show the path from home to the page."""
    language = reader_language(context)
    return {"crumbs": presenters.crumbs(context["page"], language), "LANGUAGE_CODE": language}


@register.inclusion_tag("cms_pages/head.html", takes_context=True)
def page_head(context: Context) -> dict[str, Any]:
    """Tell machines what the page is, where its translations are, and which address counts."""
    translations: dict[str, str] = context.get("translations") or {}
    return {
        "page": context["page"],
        "fallback": context.get("fallback"),
        "canonical": absolute(translations.get(str(context.get("content_language")), "")),
        "alternates": [(code, absolute(address)) for code, address in translations.items()],
    }
