"""`manage.py compile_catalogues`: what compilemessages does, without gettext programs."""

from django.core.management.base import BaseCommand

from cms.core.catalogues import compile_catalogues


class Command(BaseCommand):
    """Compile the catalogues that changed."""

    help = "Compile the translations (.po) that changed into .mo files."
    requires_system_checks = ()

    def handle(self, *_args: object, **_options: object) -> None:
        """Compile and list."""
        for path in compile_catalogues():
            self.stdout.write(str(path))
