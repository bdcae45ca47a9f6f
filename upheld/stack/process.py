"""A child process that cannot outlive this one, however this one ends (see `guard`)."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

_GUARD = Path(__file__).with_name("guard.py")


class Process:
    """A running command. `pid` is the command's own, `stop` and `kill` end it with everything it started."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        output: int | IO[bytes] | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        user: str = "",
        stop_signal: signal.Signals = signal.SIGTERM,
        grace: float = 10,
        remove: Sequence[Path] = (),
        hold: Sequence[int] = (),
    ) -> None:
        """Start it. `remove` are folders to delete after `stop` or our death; `hold` are descriptors (locks) that
        stay open as long as its guard lives."""
        self.grace = grace
        self._lifeline, theirs = socket.socketpair()
        with theirs:
            fd = theirs.fileno()
            self._guard = subprocess.Popen(
                [sys.executable, "-I", "-S", _GUARD, str(fd), user, str(int(stop_signal)), str(grace),
                 ":".join(map(str, remove)), "--", *command],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT if output else None,
                env=None if environment is None else dict(environment), cwd=folder,
                pass_fds=(fd, *hold), start_new_session=True,
            )  # fmt: skip
        self._lifeline.settimeout(20)
        try:
            self.pid = int(self._lifeline.recv(64) or 0)
        except BaseException:
            self._lifeline.close()
            raise

    @property
    def stdout(self) -> IO[bytes] | None:
        """What it prints, where `output` was subprocess.PIPE."""
        return self._guard.stdout

    @property
    def returncode(self) -> int | None:
        """None while it runs; as a shell says it: 128 + signal for one that was killed."""
        return self._guard.poll()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, and that of everything it started."""
        status = self._guard.wait(timeout)
        self._lifeline.close()
        return status

    def begin_stop(self) -> None:
        """Ask it to end; `stop` waits for that."""
        self._lifeline.close()

    def stop(self) -> None:
        """Its stop signal, after the grace SIGKILL; its folders are removed."""
        self.begin_stop()
        try:
            self._guard.wait(self.grace + 15)
        except subprocess.TimeoutExpired:
            self._guard.kill()  # takes the command with it
            self._guard.wait()

    def kill(self) -> None:
        """kill -9 of the command and of everything that it started; its folders stay."""
        if self.returncode is None and self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self._guard.wait(15)
        self._lifeline.close()
