"""Uploads: pictures are handed out as they are, documents through the door that asks who may read them."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import re_path, reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from cms import urls
from cms.core.media import media
from tests.accounts.factories import UserFactory
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


class Routes:
    """The site as a process without a web server in front answers it."""

    urlpatterns = [re_path(r"^media/(?P<path>.*)$", media), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def handed_out(settings, files):
    settings.ROOT_URLCONF = Routes


@pytest.fixture
def secret():
    """A document in a collection behind a sign-in."""
    shut = Collection.get_first_root_node().add_child(name="shut")
    CollectionViewRestriction.objects.create(collection=shut, restriction_type="login")
    file = ContentFile(b"who lives where", name="shelter.txt")
    return Document.objects.create(title="Shelter", file=file, collection=shut)


@pytest.mark.parametrize(
    "address",
    [
        "/media/{}",
        "/media//{}",
        "/media/./{}",
        "/media/images/../{}",
        "/media/images/..%2F{}",
        "/media/%64ocuments/shelter.txt",
        "/media/images/..\\{}",
    ],
)
def test_a_document_is_never_handed_out_past_its_door(client, secret, address):
    assert secret.file.name == "documents/shelter.txt"
    assert client.get(address.format(secret.file.name)).status_code == 404
    assert client.get(secret.url).status_code == 302


@pytest.mark.parametrize("folder", ["images", "original_images", "avatar_images"])
def test_pictures_are_handed_out(client, settings, folder):
    place = Path(settings.MEDIA_ROOT, folder)
    place.mkdir(parents=True)
    (place / "a.png").write_bytes(b"pixels")
    response = client.get(f"/media/{folder}/a.png")
    assert (response.status_code, response.getvalue()) == (200, b"pixels")


@pytest.mark.parametrize(
    "path", ["", "a.png", "images/", "images/none.png", "private/a.png", "\x00", "images/\x00"]
)
def test_nothing_else_is_found(client, settings, path):
    place = Path(settings.MEDIA_ROOT, "private")
    place.mkdir(parents=True)
    for where in (place, place.parent):
        (where / "a.png").write_bytes(b"pixels")
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "a.xhtml", "a.exe", "a.pdf.html", "a"])
def test_a_document_is_no_program(name):
    with pytest.raises(ValidationError):
        Document(title="A", file=ContentFile(b"x", name=name)).full_clean(exclude=["collection"])


@pytest.mark.parametrize("name", ["a.pdf", "a.PDF", "a.docx", "a.txt"])
def test_what_offices_write_is_a_document(name):
    Document(title="A", file=ContentFile(b"x", name=name)).full_clean(exclude=["collection"])


@pytest.mark.parametrize("view", ["wagtaildocs:add", "wagtaildocs:add_multiple"])
def test_editors_are_told_so(client, view):
    sign_in(client, UserFactory(superuser=True))
    file = SimpleUploadedFile("a.html", b"<script src=/x.js></script>")
    name = "files[]" if view.endswith("multiple") else "file"
    response = client.post(reverse(view), {"title": "A", name: file})
    assert response.status_code == 200
    assert not Document.objects.exists()
