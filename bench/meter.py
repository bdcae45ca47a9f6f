"""CPU seconds of each process of an installation, between two points: services, Postgres and Kafka.

The load's own process and the receivers are not the installation's, and are not counted. Postgres is the postmaster
with all its children, also those that ended; `postgres_of` splits what its living backends used by who asked them.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from typing import Self

import psutil

from bench.house import House
from shared.settings import schema_of

NOT_COUNTED = frozenset({"receivers", "bare"})
"""What stands outside of what is measured."""


class Meter:
    """`async with Meter(house) as meter`: afterwards `cpu` and `postgres_of` hold what was used in the block."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._before: dict[str, float] = {}
        self._before_of: dict[int, tuple[str, float]] = {}
        self.cpu: dict[str, float] = {}
        self.postgres_of: dict[str, float] = {}

    async def __aenter__(self) -> Self:
        self._before_of = await self._backends()
        self._before = self._processes()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            await self._stop()

    async def _stop(self) -> None:
        after = self._processes()
        self.cpu = {name: seconds - self._before.get(name, 0.0) for name, seconds in after.items()}
        used: dict[str, float] = defaultdict(float)
        for pid, (name, seconds) in (await self._backends()).items():
            used[name] += seconds - self._before_of.get(pid, ("", 0.0))[1]
        self.postgres_of = dict(used)

    def _processes(self) -> dict[str, float]:
        self._house.check()
        found = {
            schema_of(name): _tree(process.pid)
            for name, process in self._house.processes.items()
            if name not in NOT_COUNTED
        }
        stack = self._house.stack
        if stack.postgres_process is not None:
            found["postgres"] = _tree(stack.postgres_process.pid)
        if stack.kafka_process is not None and not self._house.empty:
            found["kafka"] = _tree(stack.kafka_process.pid)
        return found

    async def _backends(self) -> dict[int, tuple[str, float]]:
        if self._house.stack.postgres_process is None:
            return {}
        rows = await self._house.owner.fetch(
            "SELECT pid, application_name AS name FROM pg_stat_activity WHERE datname = current_database()"
        )
        found = {}
        for row in rows:
            name = row["name"].removeprefix("upheld ")
            if row["name"].startswith("upheld "):
                try:
                    found[row["pid"]] = (schema_of(name), _cpu(psutil.Process(row["pid"])))
                except psutil.NoSuchProcess:
                    continue
        return found


def _cpu(process: psutil.Process) -> float:
    """Of a process itself."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _tree(pid: int) -> float:
    """A process and everything that it started, also what has ended since and was collected."""
    root = psutil.Process(pid)
    total = 0.0
    for process in (root, *root.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def resident(pid: int) -> float:
    """Megabytes (10^6 bytes) of memory that a process holds."""
    return float(psutil.Process(pid).memory_info().rss / 1e6)


def busy() -> float:
    """CPU seconds that the whole machine has spent on anything so far."""
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    guests = getattr(times, "guest", 0.0) + getattr(times, "guest_nice", 0.0)  # counted as user and nice already
    return float(sum(times) - idle - guests)


def ours() -> float:
    """CPU seconds of this process and everything that it started so far."""
    return _tree(psutil.Process().pid)
