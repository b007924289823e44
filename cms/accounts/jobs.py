"""What this room does at night."""

from datetime import timedelta

from cms.accounts.domain.prune_unconfirmed import prune_unconfirmed
from cms.accounts.domain.sync_rights import check_rights
from cms.audit.domain.record import record
from cms.jobs import schedule
from cms.jobs.enums import Lane
from cms.jobs.registry import handles


@handles("accounts.check_rights", lane=Lane.LATER, timeout=timedelta(minutes=5), atomic=True)
def check_all_rights() -> None:
    """Repair rights that somebody changed by hand, and say so."""
    repaired = check_rights()
    if repaired:
        record("accounts.rights_repaired", details={"repaired": repaired})


@handles("accounts.prune_unconfirmed", lane=Lane.LATER, timeout=timedelta(minutes=5), atomic=True)
def prune() -> None:
    """Forget sign-ups that were never confirmed."""
    prune_unconfirmed()


schedule.every("accounts.check_rights", timedelta(days=1))
schedule.every("accounts.prune_unconfirmed", timedelta(days=1))
