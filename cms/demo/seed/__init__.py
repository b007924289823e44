"""What the demonstration site holds; every step may be repeated and changes nothing that is there."""

from django.db import transaction

from cms.demo.seed.messages import seed_messages
from cms.demo.seed.pages import seed_pages
from cms.demo.seed.people import seed_people


@transaction.atomic
def seed() -> None:
    """Add whatever is missing of the demonstration."""
    seed_people()
    seed_pages()
    seed_messages()
