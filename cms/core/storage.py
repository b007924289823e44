"""Files that nobody reaches by an address: a view asks who may read them."""

import secrets
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateStorage(FileSystemStorage):
    """A folder without an address, readable by the site's own user only."""

    def __init__(self, **options: Any) -> None:
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        super().__init__(**{**modes, **options})

    @property
    def base_url(self) -> None:  # type: ignore[override]  # Django's own would fall back to MEDIA_URL
        """Return no address: `url()` refuses then."""
        return


def private() -> Storage:
    """Return the private storage: `FileField(storage=private, upload_to=random_name)`."""
    return storages["private"]


def random_name(instance: object, filename: str) -> str:  # noqa: ARG001 - Django's signature
    """Return a name that tells nothing of the file and cannot be guessed."""
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token}"
