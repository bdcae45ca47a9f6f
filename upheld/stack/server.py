"""What the local servers share: started under a guard, awaited, killed, started again on the same port and data."""

import signal
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import IO, Protocol

from upheld.stack.home import Home
from upheld.stack.process import Process
from upheld.stack.progress import StackError

_START = 90.0  # seconds; usually 3, but a small machine may be busy with much else
_LOOK = 0.02


class Server(Protocol):
    """A server of the stack that can be put through a crash."""

    @property
    def pid(self) -> int:
        """Of the server itself: the broker, the postmaster."""
        ...

    def kill(self) -> None:
        """kill -9, of its children too."""
        ...

    def restart(self) -> None:
        """Start it again on the same port and data, and wait until it answers."""
        ...


class LocalServer(ABC):
    """A server as a process of this machine, its data and log in `home`."""

    name: str
    stop_signal: signal.Signals
    user: str = ""
    tries = 1

    def __init__(self, home: Home, port: int) -> None:
        self.home = home
        self.port = port
        self._process: Process | None = None

    @abstractmethod
    def preparation(self) -> list[str | Path]:
        """The command that makes its data folder."""

    @abstractmethod
    def command(self) -> list[str | Path]:
        """The command that runs it."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it serves requests by now."""

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def log(self) -> Path:
        """What it printed, over all its lives."""
        return self.home.path / "log"

    def begin_preparation(self) -> None:
        self._launch(self.preparation())

    def end_preparation(self) -> None:
        assert self._process is not None
        if self._process.wait(_START) != 0:
            raise self._failure("could not make its data folder")

    def begin_start(self) -> None:
        self._launch(self.command())

    def end_start(self) -> None:
        """Wait until it answers."""
        assert self._process is not None
        until = time.monotonic() + _START
        while not self.answers():
            if self._process.returncode is not None:
                raise self._failure("did not start")
            if time.monotonic() > until:
                raise self._failure(f"did not answer within {_START:.0f} s")
            time.sleep(_LOOK)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def restart(self) -> None:
        self.kill()
        for left in reversed(range(self.tries)):
            self.begin_start()
            try:
                self.end_start()
            except StackError:
                if not left:
                    raise
            else:
                return

    def begin_stop(self) -> None:
        if self._process is not None:
            self._process.begin_stop()

    def stop(self) -> None:
        """End it and remove its data."""
        if self._process is not None:
            self._process.stop()
        self.home.remove()

    def _launch(self, command: list[str | Path]) -> None:
        output: IO[bytes]
        with self.log.open("ab") as output:
            self._process = Process(
                command,
                output=output,
                folder=self.home.path,
                user=self.user,
                stop_signal=self.stop_signal,
                grace=5,
                remove=[self.home.path],
                hold=[self.home.lock],
            )

    def _failure(self, what: str) -> StackError:
        with self.log.open(errors="replace") as file:
            last = "".join(file.readlines()[-25:])
        return StackError(f"{self.name} {what}. The end of its log:\n{last}")
