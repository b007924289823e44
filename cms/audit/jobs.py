"""Work of the audit log."""

from datetime import timedelta

from cms.audit.domain import seal as sealing
from cms.jobs.enums import Lane
from cms.jobs.registry import handles
from cms.jobs.schedule import every

SEAL = "audit.seal"


@handles(SEAL, lane=Lane.NOW, atomic=True)
def seal() -> None:
    """Seal what has been written since the last time."""
    sealing.seal()


every(SEAL, timedelta(seconds=5))
