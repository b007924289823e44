"""The door for files: nothing is kept that did not pass here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.formats.numbers import number
from cms.core.text.listed import listed
from cms.forms.uploads import clean, sniff
from cms.forms.uploads.sniff import KINDS, Fault, Unfit

MB = 1024 * 1024

_OF_IPHONES = ("heic", "heif")

_REASONS = {
    Fault.OTHER: _(
        "%(name)s is not the %(kind)s file that its name promises. Open it in the program it was made with, "
        "save it there as %(kind)s, and send that file."
    ),
    Fault.BOMB: _("%(name)s unpacks to far more than it seems to hold. Save it as PDF and send that."),
    Fault.MACROS: _(
        "%(name)s contains macros, small programs that could do harm. Save it as PDF and send that."
    ),
    Fault.LOCKED: _(
        "%(name)s is locked with a password or comes from an old program. "
        "Save it without a password as %(kind)s or PDF, and send that file."
    ),
    "large": _(
        "%(name)s has too many pixels. Send it as your phone sends photos in a message, or save it smaller."
    ),
    "unreadable": _(
        "%(name)s cannot be read as a picture. Open it, save it anew as JPG, and send that file."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file that may be kept: the name is for people, `content` goes into private storage."""

    name: str
    type: str
    size: int
    content: File[Any]


def check(upload: UploadedFile, *, types: Sequence[str], size_mb: int) -> Received:
    """Return the file that a question with these types and this size may keep.

    Pictures come back written anew; everything else as it was sent.

    Raises:
        ValidationError: The file is not taken; the message names it and says the way out.

    """
    name = clean.shown_name(upload.name or "")
    shown = f"“\u2068{name}\u2069”"  # A name runs its own way in a line of the other direction.
    code = sniff.kind_named(name)
    size = upload.size or 0
    if code not in types:
        raise _not_taken(name, shown, types)
    if not size:
        message = _(
            "%(name)s is empty. Save it once more in the program it was made with, and choose it again."
        )
        raise ValidationError(message, code="empty", params={"name": shown})
    if size > size_mb * MB:
        raise _too_large(shown, size, size_mb)
    content = _confirmed(upload, code, shown)
    return Received(name=name, type=code, size=content.size, content=content)


def _confirmed(upload: UploadedFile, code: str, shown: str) -> File[Any]:
    kind = KINDS[code]
    try:
        sniff.confirm(upload, code)
        content = clean.rewritten(upload) if kind.picture else upload
    except Unfit as unfit:
        raise _refused(unfit.fault, shown, kind.label) from unfit
    except ValidationError as error:
        raise _refused(error.code or "unreadable", shown, kind.label) from error
    content.seek(0)
    return content


def _refused(reason: str, shown: str, kind: str) -> ValidationError:
    return ValidationError(_REASONS[reason], code=reason, params={"name": shown, "kind": kind})


def _not_taken(name: str, shown: str, types: Sequence[str]) -> ValidationError:
    if name.lower().endswith(_OF_IPHONES):
        message = _(
            "%(name)s is a photo in a format that only some devices read. Choose “Most compatible” in the "
            "camera settings of your iPhone, or save the photo as JPG, and send that."
        )
        return ValidationError(message, code="type", params={"name": shown})
    message = _("%(name)s is of a kind that is not taken here. Send it as %(kinds)s.")
    return ValidationError(message, code="type", params={"name": shown, "kinds": _listed(types)})


def _too_large(shown: str, size: int, most: int) -> ValidationError:
    message = _(
        "%(name)s is %(size)s MB large; at most %(most)s MB are taken. "
        "Make it smaller, for example with smaller pictures, or send it in parts."
    )
    megabytes = (Decimal(size) / MB).quantize(Decimal("0.1"), ROUND_CEILING)
    params = {"name": shown, "size": number(megabytes, places=1), "most": number(most)}
    return ValidationError(message, code="size", params=params)


def _listed(types: Sequence[str]) -> str:
    """Return "PDF, JPG or PNG"."""
    labels = [KINDS[code].label for code in types]
    if len(labels) == 1:
        return labels[0]
    parts = {"first": listed(labels[:-1]), "last": labels[-1]}
    return gettext("%(first)s or %(last)s") % parts
