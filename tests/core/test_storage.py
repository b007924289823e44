import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.migrations.writer import MigrationWriter
from django.db.models import FileField

from cms.core.storage import private, random_name


@pytest.fixture
def kept():
    name = private().save(random_name(None, "Passport of Nino.pdf"), ContentFile(b"secret"))
    yield name
    private().delete(name)


def test_a_private_file_has_no_address(kept):
    with pytest.raises(ValueError, match="not accessible via a URL"):
        private().url(kept)


def test_private_files_lie_outside_of_everything_that_is_served(settings, kept):
    path = Path(private().path(kept))
    assert path.parts[-3] == "private"
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert not path.is_relative_to(settings.STATIC_ROOT)


def test_only_the_site_itself_reads_them(kept):
    path = Path(private().path(kept))
    assert [stat.S_IMODE(item.stat().st_mode) for item in (path, path.parent)] == [0o600, 0o700]


def test_a_name_in_storage_tells_nothing_and_comes_once():
    names = {random_name(None, "Passport of Nino.pdf") for _ in range(100)}
    assert len(names) == 100
    assert all(len(name) == 35 and "Nino" not in name and ".pdf" not in name for name in names)


def test_a_migration_names_the_functions():
    text, _imports = MigrationWriter.serialize(FileField(storage=private, upload_to=random_name))
    assert (
        text == "models.FileField(storage=cms.core.storage.private, upload_to=cms.core.storage.random_name)"
    )
    assert storages["private"] is private()
