"""What was downloaded once, kept for every later start.

A thing is made in a scratch folder under a lock and appears under its name by one rename: two starts at once download
it once, and a download that broke off leaves nothing that could be mistaken for the thing.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from upheld.stack.process import Process
from upheld.stack.progress import Progress, StackError

_TELL_EVERY = 2.0
_GIVE_UP = 900.0


def cache_folder() -> Path:
    """UPHELD_CACHE, else the user's cache folder."""
    given = os.environ.get("UPHELD_CACHE")
    if given:
        return Path(given).expanduser().absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "upheld"


def provide(name: str, make: Callable[[Path], None], progress: Progress) -> Path:
    """The folder `name` of the cache, made by `make(scratch folder)` if it is not there yet."""
    cache = cache_folder()
    wanted = cache / name
    if wanted.is_dir():
        return wanted
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _locked(cache / f"{name}.lock", lambda: progress(f"waiting for another start that downloads {name}")):
            if wanted.is_dir():
                return wanted
            for old in cache.glob(f".{name}.*"):  # of a start that was killed: whoever holds the lock is alone
                shutil.rmtree(old, ignore_errors=True)
            scratch = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=cache))
            try:
                make(scratch)
                scratch.chmod(0o755)
                scratch.rename(wanted)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise StackError(
            f"The cache folder {cache} cannot be used ({error}). Set UPHELD_CACHE to a folder that can be written."
        ) from error
    return wanted


@contextmanager
def _locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(
    command: Sequence[str | Path],
    *,
    doing: str,
    into: Path,
    progress: Progress,
    java_home: Path | None = None,
) -> str | None:
    """Run a downloader that fills `into`, telling how far it is; None when it went well, else what it printed."""
    environment = os.environ | ({"JAVA_HOME": str(java_home)} if java_home else {})
    with tempfile.TemporaryFile() as output:
        process = Process(command, output=output, environment=environment, stop_signal=signal.SIGKILL, grace=0)
        began = told = time.monotonic()
        progress(doing)
        try:
            while process.returncode is None:
                now = time.monotonic()
                if now - began > _GIVE_UP:
                    raise StackError(f"{doing}: not done after {_GIVE_UP / 60:.0f} minutes")
                if now - told >= _TELL_EVERY:
                    told = now
                    progress(f"{doing}: {now - began:.0f} s{_size(into)}")
                try:
                    process.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            process.stop()
        if process.returncode == 0:
            return None
        output.seek(0)
        return output.read().decode(errors="replace").strip()


def _size(folder: Path) -> str:
    """How much there is by now; nothing while a downloader still keeps it elsewhere."""
    size = 0
    for path, _, names in os.walk(folder):  # which passes over folders that are moved away meanwhile
        for name in names:
            with suppress(OSError):
                size += (Path(path) / name).stat().st_size
    return f", {size / 1e6:.0f} MB" if size >= 1e6 else ""
