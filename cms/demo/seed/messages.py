"""What people have been told this morning: some by mail, some are still to be rung."""

import tomllib
from datetime import timedelta

from cms.accounts.models import Unit, User
from cms.core import clock
from cms.demo.seed.content import CONTENT
from cms.messages.domain.compose import Recipient, write
from cms.messages.domain.reach import miss
from cms.messages.models import Message
from cms.messages.vault import Content

TOLD = (  # The telephone numbers belong to nobody: they are kept free for films.
    ("ka", "მანანა წყაროსთველი", "bazari", "", "+49 30 23125014"),
    ("ar", "يوسف الجسري", "mdinare", "", "+49 30 23125027"),
    ("it", "Pietro Collinassi", "sadguri", "", "+49 30 23125038"),
    ("ka", "დავით მთაწმინდელი", "bazari", "davit@khidi.example", ""),
    ("it", "Luca Bellandri", "office", "applicant@khidi.example", ""),
    ("de", "Ingrid Auenfelder", "office", "ingrid@khidi.example", ""),
)
"""Language, name, unit, e-mail address, telephone."""


def seed_messages() -> None:
    """Tell people that their appointment has moved, unless somebody has been told something already."""
    if Message.objects.filter(template="demo").exists():
        return
    written = [
        write(
            template="demo",
            recipient=Recipient(name=name, language=language, email=email, phone=phone),
            content=text(language),
            unit=Unit.objects.get(code=unit),
        )
        for language, name, unit, email, phone in TOLD
    ]
    for hours, message in zip(range(len(written), 0, -1), written, strict=True):
        Message.objects.filter(pk=message.pk).update(created_at=clock.now() - timedelta(hours=hours))
    miss(message=written[0], by=User.objects.get(email="event.manager@khidi.example"), note="")


def text(language: str) -> Content:
    """Return the message in a language."""
    told = tomllib.loads((CONTENT / language / "messages.toml").read_text(encoding="utf-8"))
    return Content(told["subject"], told["body"])
