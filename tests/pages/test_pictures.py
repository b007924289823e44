"""Pictures as editors upload them: nothing that a camera wrote goes online, and errors are told."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from cms.accounts.enums import Role
from cms.core import pictures
from cms.pages.models import Picture
from tests.pages.editing import editor, errors_of

pytestmark = pytest.mark.django_db

OWNER = b"Shelter in Rose Street 7"


def photo(kind="JPEG", size=(320, 200), **options):
    """A photo with place, device and owner."""
    exif = Image.Exif()
    exif[Base.Artist] = OWNER.decode()
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (41.0, 38.0, 50.0)})
    out = BytesIO()
    Image.new("RGB", size, "#0b5c68").save(out, kind, exif=exif, **options)
    return SimpleUploadedFile(f"photo.{kind.lower()}", out.getvalue())


def upload(client, file, **fields):
    data = {"title": "ხიდი", "description": "ხიდი მდინარეზე", "file": file, "collection": "1", **fields}
    return client.post(reverse("wagtailimages:add"), data)


def test_the_photo_carries_what_the_test_looks_for():
    content = photo().read()
    assert OWNER in content
    assert Image.open(BytesIO(content)).getexif().get_ifd(IFD.GPSInfo)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_wrote_is_in_no_file_that_is_kept(kind, files):
    assert upload(editor(), photo(kind)).status_code == 302
    picture = Picture.objects.get()
    renditions = [picture.get_rendition(spec) for spec in ("original", "width-160", "fill-80x80|format-webp")]
    kept = [path for path in Path(files, "media").rglob("*") if path.is_file()]
    assert len(kept) >= 1 + len(renditions) - 1
    for path in kept:
        assert OWNER not in path.read_bytes(), path
        with Image.open(path) as opened:
            assert not opened.getexif()
    assert picture.file_size == Path(picture.file.path).stat().st_size


def test_another_file_for_a_picture_is_cleaned_too(files):
    client = editor()
    upload(client, photo())
    picture = Picture.objects.get()
    data = {"title": "ხიდი", "description": "", "file": photo("PNG"), "collection": "1"}
    assert client.post(reverse("wagtailimages:edit", args=(picture.pk,)), data).status_code == 302
    picture.refresh_from_db()
    assert picture.file.name.endswith(".png")
    assert OWNER not in Path(picture.file.path).read_bytes()


def test_several_at_once_are_cleaned_too():
    client = editor()
    address = reverse("wagtailimages:add_multiple")
    data = {"title": "ხიდი", "files[]": photo(), "collection": "1"}
    response = client.post(address, data, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.json()["success"]
    assert OWNER not in Path(Picture.objects.get().file.path).read_bytes()


def test_a_picture_chosen_in_passing_is_cleaned_too():
    data = {"image-chooser-upload-title": "ხიდი", "image-chooser-upload-file": photo(),
            "image-chooser-upload-collection": "1"}  # fmt: skip
    response = editor().post(reverse("wagtailimages_chooser:create"), data)
    assert response.json()["step"] == "chosen"
    assert OWNER not in Path(Picture.objects.get().file.path).read_bytes()


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("photo.jpg", b"no picture at all"),
        SimpleUploadedFile("photo.jpg", photo().read()[:600]),
        SimpleUploadedFile("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        SimpleUploadedFile("photo.jpg", b""),
        SimpleUploadedFile("photo.html", photo().read()),
    ],
    ids=["text", "cut off", "svg", "empty", "ending"],
)
def test_what_is_no_picture_is_said_so_and_nothing_is_kept(file, files):
    for language in ("en", "ka"):
        file.seek(0)
        found = errors_of(upload(editor(language), file))
        assert set(found) == {"file"}
        assert found["file"][0]
    assert not Picture.objects.exists()


def test_a_picture_with_too_many_pixels_is_refused_with_words(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1_000)
    client = editor()
    assert "too large" in errors_of(upload(client, photo()))["file"][0]
    several = {"title": "x", "files[]": photo(), "collection": "1"}
    headers = {"X-Requested-With": "XMLHttpRequest"}
    assert not client.post(reverse("wagtailimages:add_multiple"), several, headers=headers).json()["success"]
    assert not Picture.objects.exists()


def test_words_of_a_picture_are_its_alternative_text():
    upload(editor(), photo(), description="ხიდი მდინარეზე")
    assert Picture.objects.get().default_alt_text == "ხიდი მდინარეზე"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN])
def test_others_of_the_staff_upload_nothing(role):
    response = upload(editor(role=role), photo())
    assert response.status_code in {302, 403, 404}
    assert not Picture.objects.exists()
