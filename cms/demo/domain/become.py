"""Sign a visitor in as one of the invented people."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.contrib.auth import login
from django.http import HttpRequest

from cms.accounts.models import User
from cms.demo.people import DemoPerson

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def become(*, request: HttpRequest, person: DemoPerson) -> User:
    """Sign in as `person` without a code, the second factor counted as proven for this session.

    It takes the request because a session is what it changes; the link or button that leads here
    exists only in the demonstration.

    Raises:
        User.DoesNotExist: somebody has deleted or deactivated the person: reset the demonstration.

    """
    # By address, not by role: an administrator may have changed the roles meanwhile.
    user = User.objects.get(email=person.email, is_active=True)
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    login(request, user, backend=BACKEND)
    record_authentication(request, user, "mfa", type="demo")
    return user
