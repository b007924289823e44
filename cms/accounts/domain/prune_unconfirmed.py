"""Forget people who never confirmed their address."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef

from cms.accounts.models import User
from cms.core import clock

KEPT_FOR = timedelta(days=1)
"""A code lasts ten minutes; a day is enough to come back and ask for another."""


@transaction.atomic
def prune_unconfirmed(*, email: str | None = None, but: User | None = None) -> int:
    """Delete sign-ups without a confirmed address after a day; return how many.

    With `email` those of this address go at once, except `but`, who has just proved to hold it.
    """
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    people = User.objects.filter(
        ~Exists(confirmed), last_login=None, is_superuser=False, role_assignments=None
    )
    if email is None:
        people = people.filter(date_joined__lt=clock.now() - KEPT_FOR)
    else:
        people = people.filter(email=email.lower())
    if but is not None:
        people = people.exclude(pk=but.pk)
    keys = list(people.values_list("pk", flat=True))
    User.objects.filter(pk__in=keys).delete()
    return len(keys)
