"""Follow a link back, once."""

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.forms.domain.send_link import digest_of
from cms.forms.models import ResumeLink, Submission


@transaction.atomic
def resume(*, key: str, by: User | None) -> Submission | None:
    """Return where a link leads and spend it; None if it is unknown, too old or spent.

    It opens once, because browsers on shared computers remember addresses. Of two at once one wins:
    the row can be deleted only once.
    """
    link = _alive(key)
    if link is None or not ResumeLink.objects.filter(pk=link.pk).delete()[0]:
        return None
    record("forms.resumed", target=link.submission, actor=by)
    return link.submission


def opens(*, key: str) -> bool:
    """Tell whether a link would lead anywhere now."""
    return _alive(key) is not None


def _alive(key: str) -> ResumeLink | None:
    links = ResumeLink.objects.select_related("submission")
    return links.filter(digest=digest_of(key), expires_at__gt=clock.now()).first()
