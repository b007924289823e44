from io import BytesIO
from zipfile import ZIP_STORED

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils.translation import override
from PIL import Image

from cms.core import pictures
from cms.forms.uploads import sniff
from cms.forms.uploads.receive import check
from tests.forms.uploads import samples
from tests.forms.uploads.samples import docx, odf, pdf, photo, xlsx, zipped

ALL = tuple(sniff.KINDS)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def received(content, name, *, types=ALL, size_mb=10):
    return check(SimpleUploadedFile(name, content), types=types, size_mb=size_mb)


def refusal(content, name, **options):
    with pytest.raises(ValidationError) as error:
        received(content, name, **options)
    (message,) = error.value.messages
    return message.replace("\u2068", "").replace("\u2069", "")


# --- What is not what it seems --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(
    "content",
    [
        samples.PAGE,
        b"\xef\xbb\xbf \n" + samples.PAGE,
        samples.SVG,
        samples.PROGRAM,
        samples.ELF,
        samples.GIF,
        samples.OLD_OFFICE,
        b"#!/bin/sh\nrm -rf /\n",
        zipped({"evil.html": samples.PAGE}),
        bytes(2000),
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"%PDF-1.7\n",
    ],
    ids=lambda content: content[:8].hex(),
)
def test_no_name_makes_something_else_of_a_file(kind, content):
    assert refusal(content, f"a.{kind}").startswith(f"“a.{kind}” ")


@pytest.mark.parametrize(
    ("content", "name"),
    [(pdf(), "a.jpg"), (photo(), "a.png"), (photo("PNG"), "a.jpg"), (docx(), "a.xlsx"), (xlsx(), "a.docx"),
     (odf("text"), "a.ods"), (odf("spreadsheet"), "a.odt"), (docx(), "a.odt"), (docx(), "a.pdf"),
     (pdf(), "a.docx"), (pdf(), "a.txt"), (photo(), "a.txt"), (docx(), "a.csv")],
)  # fmt: skip
def test_a_good_file_under_a_wrong_name_is_refused(content, name):
    assert refusal(content, name).startswith("“a.")


@pytest.mark.parametrize(
    "name", ["a.exe", "a.svg", "a.html", "a.pdf.exe", "a.docm", "a", "pdf", ".pdf", "a.pdf.", "a.gif"]
)
def test_other_endings_are_refused_with_those_that_are_taken(name):
    assert refusal(pdf(), name, types=["pdf", "jpg"]).endswith("Send it as PDF or JPG.")


def test_what_this_question_does_not_take_is_refused():
    assert refusal(pdf(), "a.pdf", types=["jpg", "png", "docx"]).endswith("Send it as JPG, PNG or DOCX.")


def test_a_photo_of_an_iphone_hears_how_to_make_a_jpg():
    assert "camera settings" in refusal(b"\x00\x00\x00\x18ftypheic", "IMG_1.HEIC")


# --- Two kinds in one ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        pdf() + zipped({"a.html": samples.PAGE}),
        pdf() + b"<script>alert(1)</script>",
        pdf(samples.PAGE),
        samples.PAGE + pdf(),
        b"\n" + pdf(),
        pdf().replace(b"%%EOF", b""),
        pdf().replace(b"startxref\n", b"startxref\n9"),
        zipped({"a": "b"}, compression=ZIP_STORED).replace(b"PK\x03\x04", b"%PDF-1.7\nPK\x03\x04", 1),
    ],
    ids=[
        "zip behind",
        "script behind",
        "page inside",
        "page before",
        "line before",
        "no end",
        "no table",
        "zip inside",
    ],
)
def test_a_pdf_is_nothing_but_a_pdf(content):
    assert "not the PDF file" in refusal(content, "a.pdf")


def test_a_zip_whose_remark_ends_like_a_pdf_is_refused():
    tail = b"\nstartxref\n9\n%%EOF\n"
    archive = bytearray(b"%PDF-1.7\n" + zipped({"a": "b"}))
    archive[-2:] = len(tail).to_bytes(2, "little")
    assert "not the PDF file" in refusal(bytes(archive) + tail, "a.pdf")


@pytest.mark.parametrize("content", [samples.PAGE + docx(), docx() + samples.PAGE, docx() + pdf()])
def test_a_document_is_nothing_but_a_document(content):
    assert "not the DOCX file" in refusal(content, "a.docx")


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
@pytest.mark.parametrize("tail", [zipped({"a.html": samples.PAGE}), samples.PAGE])
def test_what_hangs_behind_a_picture_does_not_come_along(kind, name, tail):
    content = received(photo(kind) + tail, name).content.read()
    assert tail not in content
    assert b"PK\x03\x04" not in content
    assert b"script" not in content


# --- Bombs ----------------------------------------------------------------------------------------


def test_a_document_that_unpacks_to_far_more_is_refused():
    bomb = docx({"word/media/1.bin": bytes(50_000_000)})
    assert len(bomb) < 100_000
    assert "unpacks to far more" in refusal(bomb, "a.docx")


def test_a_document_of_sane_ratio_but_immense_size_is_refused(monkeypatch):
    monkeypatch.setattr(sniff, "MOST_UNPACKED", 1000)
    assert "unpacks to far more" in refusal(odf(more={"Pictures/1": bytes(range(250)) * 5}), "a.odt")


def test_a_document_of_too_many_parts_is_refused():
    many = zipped({f"word/{number}": "" for number in range(sniff.MOST_ENTRIES + 1)})
    assert "unpacks to far more" in refusal(many, "a.docx")


def test_a_count_that_lies_helps_nobody():
    spoiled = bytearray(
        zipped({"word/" + "x" * 200 + f"{number}": "" for number in range(sniff.MOST_ENTRIES + 1)})
    )
    end = spoiled.rindex(b"PK\x05\x06")
    spoiled[end + 8 : end + 12] = b"\x01\x00\x01\x00"
    assert "unpacks to far more" in refusal(bytes(spoiled), "a.docx")


def test_a_part_that_says_it_is_small_is_refused():
    bomb = samples.lying(docx({"word/media/1.bin": bytes(50_000_000)}), size=10)
    assert "not the DOCX file" in refusal(bomb, "a.docx")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    assert refusal(photo("PNG"), "plan.png").startswith("“plan.png” has too many pixels")


# --- What readers could not open, or should not ---------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx({"word/vbaProject.bin": b"x"}), "a.docx"),
        (docx(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docx"),
        (odf(more={"Basic/script-lc.xml": "<x/>"}), "a.odt"),
        (odf(more={"Scripts/python/evil.py": "x"}), "a.odt"),
    ],
)
def test_macros_are_refused(content, name):
    assert "contains macros" in refusal(content, name)


def test_a_locked_document_is_refused():
    locked = odf(more={"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    assert "password" in refusal(locked, "a.odt")
    flagged = bytearray(docx())
    flagged[flagged.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal(bytes(flagged), "a.docx")
    assert "password" in refusal(samples.OLD_OFFICE, "a.docx")


def test_an_empty_file_is_refused():
    assert refusal(b"", "plan.pdf").startswith("“plan.pdf” is empty.")


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    class Unread(SimpleUploadedFile):
        def read(self, *_arguments):
            raise AssertionError

    file = Unread("plan.pdf", b"x")
    file.size = 10 * 1024 * 1024 + 1
    with pytest.raises(ValidationError, match=r"is 10\.1 MB large; at most 10 MB"):
        check(file, types=["pdf"], size_mb=10)


@pytest.mark.parametrize("content", [b"a\x00b", b"a\x1bb", b"\x01\x02", b"\xff\xfea"])
def test_text_with_anything_but_text_is_refused(content):
    assert "not the TXT file" in refusal(content, "a.txt")


def test_a_broken_archive_is_refused():
    content = docx()
    assert "not the DOCX file" in refusal(content[: len(content) // 2], "a.docx")
    assert "not the DOCX file" in refusal(content.replace(b"word/document", b"word/dokument"), "a.docx")


# --- What is taken --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf(), "plan.pdf", "pdf"),
        (pdf(), "PLAN.PDF", "pdf"),
        (pdf() + b"\r\n\0\0", "plan.pdf", "pdf"),
        (docx(), "plan.docx", "docx"),
        (docx({"word/media/1.png": photo("PNG")}), "plan.docx", "docx"),
        (xlsx(), "plan.xlsx", "xlsx"),
        (odf("text"), "plan.odt", "odt"),
        (odf("spreadsheet"), "plan.ods", "ods"),
        ("გეგმა\r\n".encode(), "plan.txt", "txt"),
        ("გეგმა".encode("utf-16"), "plan.txt", "txt"),
        ("Übersicht".encode("cp1252"), "plan.csv", "csv"),
        (b"Name;Age\n=1+1;7\n", "plan.csv", "csv"),
    ],
)
def test_documents_come_as_they_were(content, name, kind):
    file = received(content, name)
    assert (file.name, file.type, file.size, file.content.read()) == (name, kind, len(content), content)


def test_a_large_file_on_disk_is_taken():
    file = TemporaryUploadedFile("plan.pdf", "application/pdf", 0, None)
    file.write(pdf(b"%" + bytes(3_000_000) + b"\n"))
    file.size = file.tell()
    file.seek(0)
    assert check(file, types=["pdf"], size_mb=5).size == file.size
    file.close()


@pytest.mark.parametrize(
    ("kind", "name", "type_"),
    [
        ("JPEG", "a.jpg", "jpg"),
        ("JPEG", "a.JPEG", "jpg"),
        ("PNG", "a.png", "png"),
        ("WEBP", "a.webp", "webp"),
    ],
)
def test_a_photo_keeps_neither_place_nor_owner_and_stands_upright(kind, name, type_):
    original = photo(kind, orientation=6)
    assert samples.OWNER.encode() in original
    file = received(original, name)
    content = file.content.read()
    assert (file.type, file.size) == (type_, len(content))
    assert samples.OWNER.encode() not in content
    picture = Image.open(BytesIO(content))
    assert dict(picture.getexif()) == {}
    assert (picture.format, picture.size) == (kind, (40, 60))
    red, green, _blue = picture.convert("RGB").getpixel((35, 5))  # Turned, the red corner is on the right.
    assert (red > 200, green < 100) == (True, True)


def test_the_name_for_people_is_cleaned():
    assert received(pdf(), "a\u202efdp.pdf").name == "afdp.pdf"
