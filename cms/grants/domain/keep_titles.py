"""Keep the titles under which a call is announced beside the call itself."""

from cms.grants import queries
from cms.grants.models import Call


def keep_titles(*, call: Call) -> None:
    """Copy the titles of the published pages; lists of applications then name a call without asking.

    Only these fields are written: nothing else about the call has changed.
    """
    call.titles = queries.titles_of(call)
    Call.objects.filter(pk=call.pk).update(titles=call.titles)
