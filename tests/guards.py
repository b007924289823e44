"""What no test may do unnoticed: log an error, or talk to another machine."""

import ipaddress
import logging
import socket
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest


class ErrorLog(logging.Handler):
    """Collects every record at ERROR or above, from whichever thread it comes."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self.records.append(record)

    def unexpected(self, expected: tuple[str, ...]) -> list[str]:
        """Return a line for each record of a logger that is not expected ("" expects them all)."""
        return [
            f"{record.name}: {record.getMessage()}"
            for record in self.records
            if not any(f"{record.name}.".startswith(f"{name}." if name else "") for name in expected)
        ]


@contextmanager
def error_log() -> Iterator[ErrorLog]:
    """Collect what is logged at ERROR within this block."""
    log = ErrorLog()
    logging.getLogger().addHandler(log)
    try:
        yield log
    finally:
        logging.getLogger().removeHandler(log)


def fail_on_errors(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that logs an error, in whichever thread, unless its marker expects it."""
    marker = item.get_closest_marker("expects_error_log")
    expected = (marker.args or ("",)) if marker else ()
    with error_log() as log:
        result = yield
    if unexpected := log.unexpected(expected):
        pytest.fail("Errors were logged:\n" + "\n".join(unexpected), pytrace=False)
    return result


class OutgoingConnectionError(RuntimeError):
    """A test tried to reach another machine."""


def _is_local(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host)
    if host is None or text in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _check(host: object) -> None:
    if not _is_local(host):
        message = f"A test tried to reach {host!r}; only this machine is allowed."
        raise OutgoingConnectionError(message)


@contextmanager
def loopback_only() -> Iterator[None]:
    """Refuse connections and look-ups of names that leave this machine."""
    plain_connect, plain_connect_ex = socket.socket.connect, socket.socket.connect_ex
    plain_look_up = socket.getaddrinfo

    def connect(self, address):
        if self.family != socket.AF_UNIX:
            _check(address[0])
        return plain_connect(self, address)

    def connect_ex(self, address):
        if self.family != socket.AF_UNIX:
            _check(address[0])
        return plain_connect_ex(self, address)

    def getaddrinfo(host, *arguments, **options):
        _check(host)
        return plain_look_up(host, *arguments, **options)

    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex
    socket.getaddrinfo = getaddrinfo
    try:
        yield
    finally:
        socket.socket.connect, socket.socket.connect_ex = plain_connect, plain_connect_ex
        socket.getaddrinfo = plain_look_up
