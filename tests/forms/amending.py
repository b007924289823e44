"""A kind that lets people change what they sent, and one for which many compete.

amendable = Amendable(monkeypatch)   # applications can be changed now
amendable.over()                     # and from now on no longer
amendable.busy(1)                    # the next one to come finds no way in
"""

from cms.core import clock
from cms.forms.domain.amend import begin_amendment
from cms.forms.domain.errors import BusyError
from cms.forms.domain.send_again import send_again
from cms.grants.kinds import ApplicationKind


class Amendable:
    """Teach applications what registrations can do; `seen` notes the order of what is asked."""

    def __init__(self, monkeypatch):
        self.open = True
        self.until = None
        self.refusals = 0
        self.wrong = {}
        self.seen = []
        for name in ("may_amend", "lock_shared", "lock", "check_in_lock", "on_sent"):
            monkeypatch.setattr(ApplicationKind, name, self._noted(name, getattr(ApplicationKind, name)))

    def over(self):
        self.open = False

    def busy(self, times):
        self.refusals = times

    def may_amend(self, _submission, arrived):
        return self.open and (self.until is None or arrived <= self.until)

    def _noted(self, name, original):
        def method(kind, *details):
            self.seen.append(name)
            if name == "may_amend":
                return self.may_amend(*details)
            if name == "lock_shared" and self.refusals:
                self.refusals -= 1
                raise BusyError
            if name == "check_in_lock" and self.wrong:
                return self.wrong
            return original(kind, *details)

        return method


def begin(submission, by=None, arrived=None):
    """Begin a change as the owner does."""
    return begin_amendment(submission=submission, by=by or submission.owner, arrived=arrived or clock.now())


def send_change(submission, opened, by=None, arrived=None):
    """Send a change as the owner does; return the frozen version."""
    return send_again(
        submission=submission,
        number=opened.pk,
        arrived=arrived or clock.now(),
        by=by or submission.owner,
    )
