"""Who stands behind a request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from cms.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return the person behind a request that a decorator has let pass.

    Raises:
        PermissionDenied: nobody is signed in.

    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
