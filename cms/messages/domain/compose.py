"""Write a message in the person's language and set it on its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.template import Context, Engine
from django.utils.text import Truncator

from cms.accounts.models import Unit, User
from cms.core.i18n import in_locale
from cms.jobs.outbox import enqueue
from cms.messages.channels import CHANNELS
from cms.messages.channels.mail import sender_of
from cms.messages.enums import Channel
from cms.messages.models import Message
from cms.messages.vault import Content, seal

SUBJECT_LENGTH = 250
NAME_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who is told: an address or a phone number, and the language to speak."""

    name: str
    email: str = ""
    phone: str = ""
    language: str
    user: User | None = None


def compose(
    *,
    template: str,
    recipient: Recipient,
    context: Mapping[str, object],
    unit: Unit | None = None,
    about: Model | None = None,
    secret: bool = False,
    expires_at: datetime | None = None,
) -> Message:
    """Render `messages/<template>/{subject,body}.txt` and write the message with its job.

    A mail if there is an address, else a call task. Templates get `name`, `sender` and the context;
    they are plain text, nothing is escaped.

    Args:
        template: folder under `templates/messages/`.
        recipient: who is told.
        context: what the templates need.
        unit: in whose name; the staff of this unit see the message.
        about: the object it is about; with one, `message_reached` is sent for it.
        secret: a code or a personal link: nobody but the recipient reads it.
        expires_at: when it loses its use; it is not sent any more after that.

    Raises:
        ValueError: a secret message without an address; staff must not read it out.

    """
    content = render(template=template, recipient=recipient, context=context, unit=unit)
    return write(
        template=template,
        recipient=recipient,
        content=content,
        unit=unit,
        about=about,
        secret=secret,
        expires_at=expires_at,
    )


def render(
    *,
    template: str,
    recipient: Recipient,
    context: Mapping[str, object] | None = None,
    unit: Unit | None = None,
) -> Content:
    """Return subject and text in the recipient's language; lazy labels in `context` follow it."""
    engine = Engine.get_default()
    with in_locale(recipient.language):
        values = {"name": recipient.name, "sender": sender_of(unit), **(context or {})}
        subject, body = (
            engine.get_template(f"messages/{template}/{part}.txt").render(Context(values, autoescape=False))
            for part in ("subject", "body")
        )
    return tidy(Content(subject, body))


def write(
    *,
    template: str,
    recipient: Recipient,
    content: Content,
    unit: Unit | None = None,
    about: Model | None = None,
    secret: bool = False,
    expires_at: datetime | None = None,
) -> Message:
    """Write a message whose text is ready, with its job; see `compose`."""
    if secret and not recipient.email:
        raise ValueError("A secret message needs an address: nobody may read it out.")
    channel = Channel.MAIL if recipient.email else Channel.CALL
    content = tidy(content)
    message = Message(
        channel=channel,
        template=template,
        language=recipient.language,
        user=recipient.user,
        name=_one_line(recipient.name, NAME_LENGTH),
        email=recipient.email,
        phone=recipient.phone,
        unit=unit,
        about=about,
        secret=secret,
        expires_at=expires_at,
        state=CHANNELS[channel].first_state,
    )
    if secret:
        message.sealed = seal(content)
    else:
        message.subject, message.body = content
    return dispatch(message=message)


@transaction.atomic
def dispatch(*, message: Message) -> Message:
    """Save a new message and enqueue its job in one transaction."""
    channel = CHANNELS[message.channel]
    message.save(force_insert=True)
    job = channel.secret_job if message.secret else channel.job
    if job:
        enqueue(job, message_id=message.pk)
    return message


def tidy(content: Content) -> Content:
    """Return one line of subject, and a text without trailing blanks or heaps of empty lines.

    NUL goes too: no database of ours keeps it, and no text means it.
    """
    lines: list[str] = []
    for line in content.body.replace("\0", "").splitlines():
        line = line.rstrip()  # noqa: PLW2901 - the same line, tidied
        if line or (lines and lines[-1]):
            lines.append(line)
    return Content(_one_line(content.subject, SUBJECT_LENGTH), "\n".join(lines).strip("\n") + "\n")


def _one_line(text: str, length: int) -> str:
    return Truncator(" ".join(text.replace("\0", "").split())).chars(length)
