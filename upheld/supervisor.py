"""Child processes that are started again when they die, as `upheld up` runs the services.

- Each child has one thread, which hands on its lines and starts it again after a pause that grows with each death.
- Children never outlive this process (`upheld.stack.process`); `stop` is SIGTERM and, after the grace, SIGKILL.
"""

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Self

from upheld.stack.process import Process

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 10.0
_SETTLED = 30.0  # seconds of life after which a death counts as the first again


@dataclass(frozen=True)
class Child:
    """A command under a name of its own. `environment` is added to ours."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def print_line(name: str, line: str) -> None:
    """The usual place for a child's line: standard output, after its name."""
    print(f"{name:<16}| {line}", flush=True)


class Supervisor:
    """Keeps the children running while the `with` block lasts."""

    def __init__(
        self, children: Sequence[Child], *, on_line: Callable[[str, str], None] = print_line, grace: float = 20
    ) -> None:
        """`on_line(name, line)` is called in the child's thread for each line it prints, and for each of its deaths."""
        self.restarts: Counter[str] = Counter()
        """How often each was started again."""
        self._on_line = on_line
        self._grace = grace
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._processes: dict[str, Process] = {}
        self._threads = [
            threading.Thread(target=self._keep, args=(child,), name=f"keeps {child.name}", daemon=True)
            for child in children
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pids(self) -> dict[str, int]:
        """Those that run now."""
        with self._lock:
            return {name: process.pid for name, process in self._processes.items() if process.returncode is None}

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to a child; it will be started again."""
        with suppress(KeyError, ProcessLookupError):
            os.kill(self.pids[name], number)

    def stop(self) -> None:
        """SIGTERM to all, after the grace SIGKILL, and wait for their end."""
        with self._lock:
            self._ending.set()
            for process in self._processes.values():
                process.begin_stop()
        for thread in self._threads:
            thread.join()

    def wait(self) -> None:
        """Until Ctrl-C or SIGTERM."""
        with ending_on_signals() as asked:
            asked.wait()

    def _keep(self, child: Child) -> None:
        pause = _FIRST_PAUSE
        while (process := self._start(child)) is not None:
            began = time.monotonic()
            assert process.stdout is not None
            for line in process.stdout:
                self._on_line(child.name, line.decode(errors="replace").rstrip())
            process.stdout.close()
            status = process.wait()
            if time.monotonic() - began > _SETTLED:
                pause = _FIRST_PAUSE
            if self._ending.is_set():
                return
            self._on_line(child.name, f"ended with status {status}; is started again in {pause:g} s")
            if self._ending.wait(pause):
                return
            pause = min(pause * 2, _LONGEST_PAUSE)
            self.restarts[child.name] += 1

    def _start(self, child: Child) -> Process | None:
        with self._lock:
            if self._ending.is_set():
                return None
            process = Process(
                child.command,
                output=subprocess.PIPE,
                environment=os.environ | child.environment,
                stop_signal=signal.SIGTERM,
                grace=self._grace,
            )
            self._processes[child.name] = process
            return process


@contextmanager
def ending_on_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set, instead of ending the process in mid work; a second Ctrl-C ends it."""
    asked = threading.Event()

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
