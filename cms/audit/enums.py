"""Codes of the audit log."""

from django.utils.translation import gettext_lazy as _

from cms.core.codes import Codes


class Fault(Codes):
    """What can be wrong with a row of the chain."""

    DETAILS = "details", _("its details were changed")
    FIELDS = "fields", _("one of its plain fields was changed")
    SEAL = "seal", _("its seal was changed")
    ORDER = "order", _("it does not follow the row before it: inserted or moved")
    MISSING = "missing", _("deleted")
    UNSEALED = "unsealed", _("its seal was removed")
    ERASED = "erased", _("its details are gone, and no erasure is on record")
    HEAD = "head", _("the chain does not contain the head that was kept elsewhere")
