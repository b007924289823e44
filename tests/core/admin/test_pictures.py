"""Pictures come in clean by every door of the admin, and no file breaks a door."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import Base
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from cms.core.admin.pictures import PictureField

pytestmark = pytest.mark.django_db

OWNER = b"Nino of Rose Street"


def photo():
    """A photo that was taken with the phone turned."""
    data = Image.Exif()
    data[Base.Orientation] = 6
    data[Base.Artist] = OWNER.decode()
    out = BytesIO()
    Image.new("RGB", (160, 100), "#0b5c68").save(out, "JPEG", exif=data)
    return out.getvalue()


def filled(content, name="photo.jpg"):
    model = get_image_model()
    data = {"title": "The hub", "description": "A house", "collection": Collection.objects.get().pk}
    return get_image_form(model)(data, {"file": SimpleUploadedFile(name, content)}, instance=model())


def kept(picture):
    with picture.file.open("rb") as file:
        return file.read()


def test_the_form_cleans_and_counts_what_it_keeps():
    assert OWNER in photo()
    form = filled(photo())
    assert form.is_valid(), form.errors
    picture = form.save()
    content = kept(picture)
    assert OWNER not in content
    assert (picture.width, picture.height) == Image.open(BytesIO(content)).size == (100, 160)
    assert picture.file_size == len(content)
    fingerprint = picture.file_hash
    picture._set_file_hash()
    assert picture.file_hash == fingerprint


def test_a_picture_that_code_makes_is_cleaned_too():
    picture = get_image_model()(title="The hub", file=SimpleUploadedFile("photo.jpg", photo()))
    picture.save()
    content = kept(picture)
    assert OWNER not in content
    assert (picture.width, picture.height) == (100, 160)
    assert picture.file_size == len(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("torn.jpg", photo()[:400]),
        ("half.jpg", photo()[:-200]),
        ("page.jpg", b"<html>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("renamed.png", photo()),
    ],
)
def test_what_is_no_picture_is_an_error_of_the_form(name, content):
    form = filled(content, name)
    assert not form.is_valid()
    assert set(form.errors) == {"file"}


def test_what_is_too_large_is_not_even_opened(monkeypatch):
    monkeypatch.setattr("cms.core.admin.pictures.cleaned", lambda _file: pytest.fail("opened"))
    field = PictureField()
    monkeypatch.setattr(field, "max_upload_size", 10)
    with pytest.raises(ValidationError):
        field.clean(SimpleUploadedFile("photo.jpg", photo()))
