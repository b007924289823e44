"""What steps, receipt and status show of a registration: `{% load registrations %}`."""

from django import template

from cms.events.presenters.own import Own, Seat, own_of, seat_beside
from cms.forms.models import Submission

register = template.Library()


@register.simple_tag
def seat_of(submission: Submission) -> Seat:
    """`{% seat_of submission as seat %}`: the date, and whether a seat is kept while somebody writes."""
    return seat_beside(submission)


@register.simple_tag
def own_registration(submission: Submission) -> Own:
    """`{% own_registration submission as own %}`: date, seat or place in the list, what one can do."""
    return own_of(submission)
