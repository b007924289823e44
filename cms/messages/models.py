"""A message is a row that people can read, with a channel and a state."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.messages.enums import ON_THE_WAY, RESENDABLE, Channel, MessageState


def new_message_id() -> str:
    """Return a Message-ID (RFC 5322, without its angle brackets) that no other mail has."""
    return f"{uuid.uuid4()}@{settings.MESSAGE_ID_DOMAIN}"


class Message(models.Model):
    """One thing told to one person, in the person's language.

    The text of a secret message (a code, a personal link) is never in `subject` and `body`: it lies
    encrypted in `sealed` until it is sent, and is dropped then. The database refuses anything else.
    """

    channel = models.CharField(_("channel"), max_length=10, choices=Channel.options)
    template = models.CharField(_("template"), max_length=100)
    language = models.CharField(_("language"), max_length=35)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    unit = models.ForeignKey(
        "cms_accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("unit"),
    )
    about_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    about_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    about = GenericForeignKey("about_type", "about_id")
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    body = models.TextField(_("text"), blank=True)
    secret = models.BooleanField(_("secret"), default=False)
    sealed = models.TextField(blank=True, editable=False)
    expires_at = models.DateTimeField(_("of no use after"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=15, choices=MessageState.options)
    message_id = models.CharField(_("Message-ID"), max_length=255, unique=True, default=new_message_id)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=100, blank=True)
    note = models.TextField(_("notes"), blank=True)
    claim = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    reached_at = models.DateTimeField(_("reached"), null=True, editable=False)
    resend_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="repeats",
        verbose_name=_("repeats"),
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(secret=False) | Q(subject="", body=""),
                name="secret_message_is_unreadable",
            ),
            models.CheckConstraint(
                condition=Q(sealed="") | Q(secret=True, state__in=sorted(ON_THE_WAY)),
                name="secret_text_goes_after_sending",
            ),
        )
        indexes = (
            models.Index(fields=("unit", "-id"), name="messages_of_a_unit"),
            models.Index(fields=("about_type", "about_id"), name="messages_about"),
            models.Index(
                fields=("expires_at",),
                condition=Q(state__in=sorted(ON_THE_WAY)),
                name="messages_that_expire",
            ),
            models.Index(fields=("created_at",), condition=Q(state=MessageState.OPEN), name="open_calls"),
        )

    def __str__(self) -> str:
        return f"{self.template} #{self.pk}"

    @property
    def title(self) -> str:
        """Return the subject as staff may see it."""
        return gettext("Content hidden") if self.secret else self.subject

    @property
    def resendable(self) -> bool:
        """Tell whether staff may send this once more; a secret message never."""
        return not self.secret and self.channel == Channel.MAIL and self.state in RESENDABLE

    @property
    def can_bounce(self) -> bool:
        """Tell whether this was sent and may have come back."""
        return self.state == MessageState.SENT

    @property
    def to_be_rung(self) -> bool:
        """Tell whether this is an open call task."""
        return self.state == MessageState.OPEN

    def again(self, *, channel: Channel, state: MessageState) -> "Message":
        """Return the same message to the same person, not saved yet, that points back to this one."""
        copied = (
            *("template", "language", "user_id", "name", "email", "phone"),
            *("unit_id", "about_type_id", "about_id", "subject", "body"),
        )
        same = {name: getattr(self, name) for name in copied}
        return Message(channel=channel, state=state, resend_of=self, **same)
