"""What was done, and the chain that seals it."""

from cms.audit.models.entry import Entry
from cms.audit.models.seal import Seal

__all__ = ["Entry", "Seal"]
