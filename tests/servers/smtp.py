"""A mail server that collects what it gets, or misbehaves as it is told."""

import asyncio
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from threading import Event
from typing import TYPE_CHECKING, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.ports import HOST, free_port, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable


class Mode(StrEnum):
    """How the sink behaves."""

    ACCEPT = "accept"
    LATER = "451"
    NEVER = "550"
    STALL = "stall"
    REFUSE = "refuse"


ANSWERS = {
    Mode.LATER: "451 4.3.0 Try again later",
    Mode.NEVER: "550 5.1.1 No such mailbox",
}


@dataclass(frozen=True, slots=True)
class Received:
    """One mail with its envelope."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage


class SMTPSink:
    """A mail server on a free port; `mode` may be changed at any time.

    `after_data` is called with each mail once it is here and before the sender is told so: a test
    kills the sender there to get a mail that was sent but not noted.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.received: list[Received] = []
        self.after_data: Callable[[Received], object] | None = None
        self._mode = Mode.ACCEPT
        self._go_on = Event()
        self._go_on.set()
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The SMTP_URL."""
        return f"smtp://{HOST}:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        """Every mail received so far."""
        return [received.message for received in self.received]

    @property
    def mode(self) -> Mode:
        """How the sink behaves now."""
        return self._mode

    @mode.setter
    def mode(self, value: str) -> None:
        self._mode = Mode(value)
        if self._mode is Mode.REFUSE:
            self._hang_up()
        else:
            self._listen()
        if self._mode is Mode.STALL:
            self._go_on.clear()
        else:
            self._go_on.set()

    def stop(self) -> None:
        """Stall: connections are accepted, nothing is answered."""
        self.mode = Mode.STALL

    def cont(self) -> None:
        """Behave well again."""
        self.mode = Mode.ACCEPT

    def kill(self) -> None:
        """Refuse connections."""
        self.mode = Mode.REFUSE

    def restart(self) -> None:
        """Listen on the same port again and behave well."""
        self._hang_up()
        self.mode = Mode.ACCEPT

    def reset(self) -> None:
        """Forget every mail and behave well: a clean sink for the next test."""
        self.after_data = None
        self.mode = Mode.ACCEPT
        self.received.clear()

    def wait_for(self, count: int, *, seconds: float = 10) -> list[EmailMessage]:
        """Return the mails once there are at least `count`; fail after `seconds`."""
        assert wait_until(lambda: len(self.received) >= count, seconds=seconds), (
            f"{len(self.received)} of {count} mails came in {seconds} s"
        )
        return self.messages

    def close(self) -> None:
        """Stop listening."""
        self._go_on.set()
        self._hang_up()

    def _listen(self) -> None:
        if self._controller is None:
            self._controller = Controller(self, hostname=HOST, port=self.port, ready_timeout=10)
            self._controller.start()

    def _hang_up(self) -> None:
        if self._controller is not None:
            controller, self._controller = self._controller, None
            controller.stop()

    async def _stalled(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._go_on.wait)

    # What follows is called by aiosmtpd in its own thread.

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        await self._stalled()
        session.host_name = name
        return responses

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        await self._stalled()
        if answer := ANSWERS.get(self._mode):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        await self._stalled()
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        received = Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), message)
        self.received.append(received)
        if self.after_data is not None:
            await asyncio.get_running_loop().run_in_executor(None, self.after_data, received)
        return "250 OK"
