"""Log lines as JSON, without personal data."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from cms.core import request_id

ADDRESS = re.compile(r"[^\s@<>\"'=:,;()]+@[^\s@<>\"',;()]+")
"""Anything like an e-mail address; libraries put them into their messages."""


class JSONFormatter(logging.Formatter):
    """One JSON object a line: when, how grave, who says what, for which request.

    Of an exception the class and the places are kept. Its text is not: a database quotes the row,
    a mail server the address.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": ADDRESS.sub("…", _message(record)),
        }
        if number := request_id.current():
            line["request_id"] = number
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[0]:
            line["exception"] = _chain(record.exc_info[1])
            line["places"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    """Return the text; Django names the path of a refused request, and with it a link that still opens."""
    text, request = record.getMessage(), getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        text = text.replace(request.path, request_id.path_without_secrets(request))
    return text


def _chain(error: BaseException | None) -> list[str]:
    """Return the classes of an exception and of what it came from."""
    names: list[str] = []
    while error is not None and len(names) < 10:  # noqa: PLR2004 - a chain can be a circle
        names.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    return names


def _places(error: BaseException | None) -> list[str]:
    """Return file, line and function of each frame, innermost last."""
    if error is None:
        return []
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
