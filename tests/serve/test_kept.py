import errno
import os

import pytest

from cms.settings.kept import kept_secret


def test_a_secret_is_made_once_and_for_its_owner(tmp_path):
    path = tmp_path / "secret-key"
    secret = kept_secret(path)
    assert len(secret) > 50
    assert kept_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_leaves_no_empty_secret(tmp_path, monkeypatch):
    def full(descriptor, *_args, **_kwargs):
        os.close(descriptor)
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "secret-key"
    with monkeypatch.context() as patched:
        patched.setattr(os, "fdopen", full)
        with pytest.raises(SystemExit, match="No space left"):
            kept_secret(path)
    assert kept_secret(path)
