"""Try out SMTP_URL: one mail, one line that says what happened."""

import time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from cms.messages.domain.test_mail import send_test_mail


class Command(BaseCommand):
    """`manage.py send_test_mail somebody@example.org`."""

    help = "Send one mail at once and say in one line what happened."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an address and a language."""
        parser.add_argument("address")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Send it.

        Raises:
            CommandError: the address is none, or the server did not take the mail.

        """
        try:
            validate_email(options["address"])
        except ValidationError as error:
            raise CommandError("This is not an e-mail address.") from error
        server = settings.SMTP.get("EMAIL_HOST") or settings.SMTP["EMAIL_BACKEND"].rsplit(".", 2)[-2]
        begun = time.monotonic()
        problem = send_test_mail(email=options["address"], language=options["language"])
        took = time.monotonic() - begun
        if problem:
            raise CommandError(f"{server} did not take the mail: {problem} ({took:.1f} s).")
        self.stdout.write(f"{server} took the mail after {took:.1f} s. Look whether it arrives.")
