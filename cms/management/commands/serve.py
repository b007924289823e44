"""`manage.py serve`: the embedded site in one process."""

import signal
import sys

from django.core.management.base import BaseCommand

from cms.serve import TroubleError, serve


class Command(BaseCommand):
    """Bring everything up to date, then serve until stopped."""

    help = (
        "Serve on http://localhost:PORT/ with every file in VAR; does only what changed since the last start."
    )

    def handle(self, *_args: object, **_options: object) -> None:
        """Serve; a problem is told in one line, without a traceback."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # Until gunicorn takes the signals over.
        try:
            serve(self.stdout)
        except TroubleError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        except KeyboardInterrupt:
            sys.exit(130)
