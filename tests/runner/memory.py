"""Temporary files in memory: tests forget what they write, and on a disk they wait for it.

To copy a database of a thousand files costs PostgreSQL 0.1 s in memory; beside other lanes on a disk it
was 2 s, because every new file waits for the journal of the file system.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACE = Path("/dev/shm")  # noqa: S108 - nothing is put there but a folder with a name of its own
ENOUGH = 4 * 2**30
"""Bytes; a whole run leaves less than one gigabyte at a time."""


@contextmanager
def in_memory(place: Path = PLACE, enough: int = ENOUGH) -> Iterator[Path | None]:
    """Keep temporary files of this process and those it starts in memory; on the disk if there is no room.

    Yields the folder, or None where the disk is used.
    """
    if not os.access(place, os.W_OK) or shutil.disk_usage(place).free < enough:
        yield None
        return
    before, kept = os.environ.get("TMPDIR"), tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="khidi-tests-", dir=place, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # A server that runs as another user has its own folder inside.
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = kept
            if before is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = before
