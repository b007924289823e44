"""Calls by their code."""

from django.http import Http404

from cms.grants import queries
from cms.grants.models import Call


def call_or_404(code: str) -> Call:
    """Return an announced call, whether or not one can apply now.

    Raises:
        Http404: there is none of this code, or it is still being prepared.

    """
    call = queries.announced_call(code)
    if call is None:
        raise Http404
    return call
