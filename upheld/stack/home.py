"""The folder of one server: on a place that its user can reach, and gone when the server is, at the latest on the
next start.

Its owner and the guard hold a lock on the folder; a folder of ours without one belongs to nobody any more.
"""

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_PREFIX = "upheld-stack-"
_NEW = 10.0  # seconds: between its making and its lock a folder has none yet


class Home:
    """A fresh folder with a lock, whose descriptor is `lock`."""

    def __init__(self, server: str, user: str = "") -> None:
        self.path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{server}-", dir=_base(user)))
        self.lock = os.open(self.path, os.O_RDONLY)
        fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if user:
            shutil.chown(self.path, user)

    def remove(self) -> None:
        """Delete it and let go of the lock."""
        shutil.rmtree(self.path, ignore_errors=True)
        with suppress(OSError):
            os.close(self.lock)


def sweep() -> None:
    """Remove what killed stacks of this user left behind."""
    for base in {_base(""), *_COMMON}:
        for folder in base.glob(f"{_PREFIX}*"):
            with suppress(OSError):
                # Postgres' folder belongs to its user, who is another one where we are root.
                if time.time() - folder.stat().st_mtime > _NEW and os.getuid() in (0, folder.stat().st_uid):
                    _remove_if_left(folder)


def _remove_if_left(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)


_COMMON = (Path("/tmp"), Path("/var/tmp"))


def _base(user: str) -> Path:
    """The place for temporary files, or the common one where another user could not reach ours."""
    usual = Path(tempfile.gettempdir())
    if not user or reachable_by_all(usual):
        return usual
    return next(folder for folder in _COMMON if folder.is_dir())


def reachable_by_all(folder: Path) -> bool:
    """Whether any user may pass through to it."""
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))
