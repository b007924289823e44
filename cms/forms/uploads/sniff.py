"""What a file really is, whatever its name says.

`puremagic` knows how kinds of files begin. That is where polyglots begin, too: so a PDF must also
end as one, an archive must begin and end as one and unpack to what it says, a text must be text.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import puremagic
from django.core.files.base import File

from cms.core.codes import Codes

HEAD = 8192
MOST_ENTRIES = 10_000
MOST_UNPACKED = 200_000_000
"""Bytes of all parts of a document together."""
HIGHEST_RATIO = 100
"""How much larger a document may become; real ones stay below thirty."""
SMALL = 50_000_000
"""Bytes that may come of any file: empty sheets are packed very well."""

_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|iframe|svg|\?xml\b|\?php)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_PDF_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF[\0\t\n\f\r ]*\Z")
_END_OF_ZIP = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Word of 1997; and what Word makes of a document with a password, still calling it .docx."""


class Fault(Codes):
    """Why a file is not taken."""

    OTHER = "other"
    BOMB = "bomb"
    MACROS = "macros"
    LOCKED = "locked"


class Unfit(Exception):  # noqa: N818 - it is the file that is unfit
    """A file is not what its name says, or nobody should open it."""

    def __init__(self, fault: Fault = Fault.OTHER) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Kind(NamedTuple):
    """One kind of file that forms take."""

    label: str
    media_type: str
    check: Callable[[File[Any]], None]
    endings: tuple[str, ...]
    picture: bool = False


def kind_named(name: str) -> str:
    """Return the kind that a name claims, or nothing."""
    stem, _dot, ending = name.lower().rpartition(".")
    return next((code for code, kind in KINDS.items() if stem and ending in kind.endings), "")


def confirm(file: File[Any], code: str) -> None:
    """Check that a file is of the kind that its name claims, and fit to be opened.

    Raises:
        Unfit: It is not.

    """
    KINDS[code].check(file)
    file.seek(0)


def _is_pdf(file: File[Any]) -> None:
    head = _head_of(file, "pdf")
    tail = _tail(file, 2048)
    end = _PDF_END.search(tail)
    if not head.startswith(b"%PDF-") or _MARKUP.search(head[:1024]) or not end:
        raise Unfit
    if int(end[1]) >= _size(file) or _is_zip(file):
        raise Unfit


def _is_picture(ending: str) -> Callable[[File[Any]], None]:
    """Return the check of how a picture begins; that it can be read, writing it anew will show."""

    def check(file: File[Any]) -> None:
        _head_of(file, ending)

    return check


def _is_text(file: File[Any]) -> None:
    file.seek(0)
    content = file.read()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16" or _endings(content[:HEAD]):
            raise Unfit from None
        text = content.decode("latin-1").translate(dict.fromkeys(range(0x80, 0xA0)))
    start = text[:1024].encode("utf-8", "replace")
    if _CONTROLS.search(text) or start.startswith((b"#!", b"%PDF-")) or _MARKUP.search(start):
        raise Unfit


def _is_office(part: str, content_type: str) -> Callable[[File[Any]], None]:
    """Return the check of a document of Word or Excel."""

    def check(file: File[Any]) -> None:
        with _opened(file) as archive:
            names = archive.namelist()
            types = _short(archive, "[Content_Types].xml")
            if any("vbaproject" in name.lower() for name in names) or b"macroEnabled" in types:
                raise Unfit(Fault.MACROS)
            if part not in names or content_type.encode() not in types:
                raise Unfit

    return check


def _is_odf(kind: str) -> Callable[[File[Any]], None]:
    """Return the check of a document of LibreOffice."""

    def check(file: File[Any]) -> None:
        with _opened(file) as archive:
            names = archive.namelist()
            if names[0] != "mimetype" or "content.xml" not in names:
                raise Unfit
            if _short(archive, "mimetype").strip() != f"application/vnd.oasis.opendocument.{kind}".encode():
                raise Unfit
            if any(name.startswith(("Basic/", "Scripts/")) for name in names):
                raise Unfit(Fault.MACROS)
            if b"encryption-data" in _short(archive, "META-INF/manifest.xml"):
                raise Unfit(Fault.LOCKED)

    return check


def _opened(file: File[Any]) -> ZipFile:
    """Return an archive that begins and ends as one, and unpacks to what it says.

    Raises:
        Unfit: It is none, it is a bomb, or a password locks it.

    """
    file.seek(0)
    if file.read(len(_OLD_OFFICE)) == _OLD_OFFICE:
        raise Unfit(Fault.LOCKED)
    _head_of(file, "docx")  # All of them begin alike.
    _counted(file)
    try:
        return _unpacked(file)
    except Unfit:
        raise
    except Exception as error:  # Parsers of broken files raise whatever they meet.
        raise Unfit from error


def _unpacked(file: File[Any]) -> ZipFile:
    """Return an archive after unpacking it once, part by part: what it says of its sizes may be a lie."""
    archive = ZipFile(cast("BinaryIO", file))
    _measured(archive.infolist(), _size(file))
    if archive.testzip() is not None:
        raise Unfit
    return archive


def _counted(file: File[Any]) -> None:
    """Look at the end of an archive before its table is read: that alone could fill the memory."""
    tail = _tail(file, 0xFFFF + _ZIP_END_SIZE)
    end = tail.rfind(_END_OF_ZIP)
    if not _ends_zip(tail, end):
        raise Unfit
    entries = int.from_bytes(tail[end + 10 : end + 12], "little")
    table = int.from_bytes(tail[end + 12 : end + 16], "little")
    if entries > MOST_ENTRIES or table > 200 * MOST_ENTRIES:
        raise Unfit(Fault.BOMB)


def _measured(parts: list[ZipInfo], size: int) -> None:
    if not parts or min(part.header_offset for part in parts) != 0:
        raise Unfit
    if len(parts) > MOST_ENTRIES:
        raise Unfit(Fault.BOMB)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > max(SMALL, size * HIGHEST_RATIO):
        raise Unfit(Fault.BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit(Fault.LOCKED)
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise Unfit


def _is_zip(file: File[Any]) -> bool:
    """Tell whether programs that read archives from their end would find one."""
    tail = _tail(file, 0xFFFF + _ZIP_END_SIZE)
    return any(_ends_zip(tail, match.start()) for match in re.finditer(_END_OF_ZIP, tail))


def _ends_zip(tail: bytes, end: int) -> bool:
    remark = int.from_bytes(tail[end + 20 : end + 22], "little")
    return end >= 0 and end + _ZIP_END_SIZE + remark == len(tail)


def _short(archive: ZipFile, name: str) -> bytes:
    """Return the beginning of a part, or nothing if there is none."""
    with suppress(KeyError, BadZipFile), archive.open(name) as part:
        return part.read(1_000_000)
    return b""


def _head_of(file: File[Any], ending: str) -> bytes:
    """Return the first bytes of a file that may have this ending.

    Raises:
        Unfit: It begins like something else.

    """
    file.seek(0)
    head: bytes = file.read(HEAD)
    if f".{ending}" not in _endings(head):
        raise Unfit
    return head


def _endings(head: bytes) -> set[str]:
    """Return the endings of all kinds of files that begin like this; texts begin like nothing."""
    with suppress(puremagic.PureError, ValueError):
        return {guess.extension.lower() for guess in puremagic.magic_string(head)}
    return set()


def _tail(file: File[Any], length: int) -> bytes:
    file.seek(max(0, _size(file) - length))
    tail: bytes = file.read()
    return tail


def _size(file: File[Any]) -> int:
    return file.seek(0, 2)


_OOXML = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OOXML}.wordprocessingml.document"
_SHEET = f"{_OOXML}.spreadsheetml.sheet"
_ODF = "application/vnd.oasis.opendocument"

KINDS = {
    "pdf": Kind("PDF", "application/pdf", _is_pdf, ("pdf",)),
    "jpg": Kind("JPG", "image/jpeg", _is_picture("jpg"), ("jpg", "jpeg"), picture=True),
    "png": Kind("PNG", "image/png", _is_picture("png"), ("png",), picture=True),
    "webp": Kind("WebP", "image/webp", _is_picture("webp"), ("webp",), picture=True),
    "odt": Kind("ODT", f"{_ODF}.text", _is_odf("text"), ("odt",)),
    "ods": Kind("ODS", f"{_ODF}.spreadsheet", _is_odf("spreadsheet"), ("ods",)),
    "docx": Kind("DOCX", _WORD, _is_office("word/document.xml", f"{_WORD}.main+xml"), ("docx",)),
    "xlsx": Kind("XLSX", _SHEET, _is_office("xl/workbook.xml", f"{_SHEET}.main+xml"), ("xlsx",)),
    "txt": Kind("TXT", "text/plain", _is_text, ("txt",)),
    "csv": Kind("CSV", "text/csv", _is_text, ("csv",)),
}
"""What forms take: by code, the order in which people read it."""
