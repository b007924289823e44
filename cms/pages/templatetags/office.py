"""What pages of offices, hubs and services show beyond their fields: `{% load office %}`.

Inside a page the language in use is that of its content; links to other pages keep the reader's.
"""

from django import template
from django.template import Context
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.languages import reader_language
from cms.pages.models import ServicePage
from cms.pages.presenters import offices
from cms.pages.presenters.entries import Entry

register = template.Library()

staff_of = register.simple_tag(offices.staff, name="staff_of")
audiences_of = register.simple_tag(offices.audiences, name="audiences_of")
topics_of = register.simple_tag(offices.topics, name="topics_of")
place_of = register.simple_tag(offices.place, name="place_of")


@register.simple_tag
def contact_of(number: int | None) -> offices.Reach | None:
    """`{% contact_of page.contact_id as contact %}`: how to reach somebody."""
    return offices.contact(number, get_language() or "")


@register.simple_tag
def person_of(number: int | None) -> offices.Member | None:
    """`{% person_of page.responsible_id as person %}`: a name and its language."""
    return offices.person(number, get_language() or "")


@register.simple_tag
def timetable(number: int | None) -> offices.Timetable | None:
    """`{% timetable page.hours_id as hours %}`: the week, what changes soon, who is there now."""
    found = offices.times(number, get_language() or "")
    return offices.timetable(found, offices.here()) if found else None


@register.simple_tag(takes_context=True)
def services_at(context: Context, page: Page) -> list[Entry]:
    """`{% services_at page as services %}`: lines of what can be had there."""
    return offices.services(page, reader_language(context))


@register.simple_tag(takes_context=True)
def doors_of(context: Context, page: ServicePage) -> list[offices.Door]:
    """`{% doors_of page as doors %}`: where it can be had."""
    return offices.doors(page, reader_language(context))


@register.filter
def article(number: str) -> str:
    """`{{ provision.article|article }}`: "Article 3"; what is cited otherwise, such as "§ 5", stays."""
    return _("Article %(number)s") % {"number": number} if number[:1].isdigit() else number


@register.filter
def paragraph(number: str) -> str:
    """`{{ provision.paragraph|paragraph }}`: "paragraph 3"; what is cited otherwise stays."""
    return _("paragraph %(number)s") % {"number": number} if number[:1].isdigit() else number
