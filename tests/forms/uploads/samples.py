"""Files as people send them, and as attackers do."""

from io import BytesIO
from struct import pack_into
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OWNER = "Shelter in Rose Street 7"


def pdf(body=b"1 0 obj << /Type /Catalog >> endobj\n"):
    start = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + body
    return start + b"xref\n0 1\ntrailer << /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(start)


def zipped(entries, *, compression=ZIP_DEFLATED):
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content, ZIP_STORED if name == "mimetype" else compression)
    return out.getvalue()


def docx(more=None, *, content_type=WORD):
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
    parts = {"[Content_Types].xml": types, "_rels/.rels": "<r/>", "word/document.xml": "<w:document/>"}
    return zipped({**parts, **(more or {})})


def xlsx():
    return zipped({"[Content_Types].xml": f"<Types>{SHEET}</Types>", "xl/workbook.xml": "<workbook/>"})


def odf(kind="text", more=None):
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mime, "content.xml": "<c/>", "META-INF/manifest.xml": "<m/>", **(more or {})})


def lying(content, *, size):
    """Return the archive with this size written as that of its last entry, in both places."""
    spoiled = bytearray(content)
    pack_into("<L", spoiled, spoiled.rindex(b"PK\x01\x02") + 24, size)
    pack_into("<L", spoiled, spoiled.rindex(b"PK\x03\x04") + 22, size)
    return bytes(spoiled)


def photo(kind="JPEG", size=(60, 40), *, orientation=1):
    """Return a photo with place and owner: its upper left corner is red."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    tags = Image.Exif()
    tags[Base.Artist] = OWNER
    tags[Base.Orientation] = orientation
    tags.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (41.0, 38.0, 50.0)})
    out = BytesIO()
    picture.save(out, kind, exif=tags)
    return out.getvalue()


GIF = b"GIF89a/*\x00\x00\x00\x00\x00\x00*/=1;alert(1)//\x3b"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PROGRAM = b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00" + bytes(200)
ELF = b"\x7fELF\x02\x01\x01" + bytes(100)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
