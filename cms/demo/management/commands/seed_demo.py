"""`manage.py seed_demo`: what a start of the demonstration does by itself."""

from django.core.management.base import BaseCommand

from cms.demo.people import PEOPLE
from cms.demo.start import fill


class Command(BaseCommand):
    """Seed the demonstration."""

    help = "Fill the demonstration site; nothing that is there is changed."

    def handle(self, *_args: object, **_options: object) -> None:
        """Seed, and list who can be tried: nobody has a password, codes go to the mailbox."""
        fill()
        for person in PEOPLE:
            self.stdout.write(f"{person.code:14} {person.email}")
