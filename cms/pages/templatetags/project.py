"""What pages of projects and bodies show beyond their fields: `{% load project %}`."""

from typing import Any

from django import template
from django.template import Context

from cms.core.languages import reader_language
from cms.pages.enums import Conformance
from cms.pages.models import BodyPage, ProjectPage
from cms.pages.presenters import body, project
from cms.pages.presenters.entries import KINDS

register = template.Library()

SHAPES: dict[Any, str] = {
    **KINDS,
    Conformance.FULL: "good",
    Conformance.PARTIAL: "warn",
    Conformance.NONE: "bad",
}

phases = register.simple_tag(project.phases, name="phases")
indicators = register.simple_tag(project.indicators, name="indicators")
funders = register.simple_tag(project.funders, name="funders")
parties = register.simple_tag(project.parties, name="parties")
event_parties = register.simple_tag(project.event_parties, name="event_parties")
meetings = register.simple_tag(body.meetings, name="meetings")
members = register.simple_tag(body.members, name="members")


@register.simple_tag
def tags(page: ProjectPage, language: str) -> dict[str, list[Any]]:
    """`{% tags page content_language as tags %}`: the names of its topics and places."""
    return project.tags(page, language)


@register.simple_tag(takes_context=True)
def news_about(context: Context, page: ProjectPage | BodyPage) -> list[project.Story]:
    """`{% news_about page as news %}`: the newest stories, in the best language for the reader."""
    return project.news(page, reader_language(context))


@register.filter
def state_kind(code: str) -> str:
    """`{{ page.state|state_kind }}`: the shape of the tag of a code."""
    return SHAPES.get(code, "plain")


@register.filter
def plain_number(value: Any) -> Any:
    """`{{ share|plain_number|percent }}`: 85 of 85.00, and 12.5 of 12.50."""
    return (
        value if value is None else value.quantize(1) if value == value.to_integral() else value.normalize()
    )
