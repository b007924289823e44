"""Codes of the outbox."""

from django.utils.translation import gettext_lazy as _

from cms.core.codes import Codes


class Lane(Codes):
    """Two queues, so that a stalled mail server never delays a sign-in code or the index."""

    NOW = "now", _("Now")
    LATER = "later", _("Later")


class JobState(Codes):
    """A job is queued until it is done, or dead once its attempts are used up."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")
