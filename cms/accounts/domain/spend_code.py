"""A code of an authenticator app counts once."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction


@transaction.atomic
def spend_code(*, authenticator: Authenticator, code: str) -> bool:
    """Note the time step of a valid `code`; tell whether it was unspent (RFC 6238, 5.2).

    allauth keeps spent codes in the cache for one period: another process, a restart or a code
    that is still accepted a step later would let one through. Here steps only go forward, in the
    row of the authenticator, under lock.
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(row.data["secret"])
    last_step = row.data.get("last_step", -1)
    for step in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, step))
        if step > last_step and compare_user_code(actual=code, expected=expected):
            row.data["last_step"] = step
            row.save(update_fields=["data"])
            return True
    return False
