"""Where a service's time goes: a drain (or an open loop) under a sampling profiler, and what its SQL cost.

py-spy looks at the running process from outside, 250 times a second, so the process is the one that is measured
elsewhere; pg_stat_statements counts in Postgres. Shares are of the samples in which the process did something.
"""

from __future__ import annotations

import asyncio
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench.drain import Drain
from bench.figures import per_1000
from bench.gate import Progress
from bench.house import BenchError, House, house_on
from bench.measures.ratio import CLOSED, record
from bench.meter import Meter
from bench.openloop import open_loop
from bench.receivers import start_receivers
from bench.run import Bench
from bench.world import reference, reported
from shared.settings import SERVICES, schema_of

RATE = 250
_FRAME = re.compile(r"^(?P<name>.*) \((?P<file>[^()]*?)(?::\d+)?\)$")


@dataclass
class Profile:
    """Samples by function, and how the drain went."""

    service: str
    what: str
    seconds: float = 0.0
    events: int = 0
    cpu: dict[str, float] = field(default_factory=dict)
    postgres: float = 0.0
    alone: Counter[str] = field(default_factory=Counter)
    """In the function itself."""
    within: Counter[str] = field(default_factory=Counter)
    """In it or in what it called."""
    waiting: int = 0
    """Samples in which it waited for Postgres, Kafka or callers."""
    parts: Counter[str] = field(default_factory=Counter)
    """By the package that the innermost frame belongs to."""
    statements: list[asyncpg.Record] = field(default_factory=list)

    @property
    def samples(self) -> int:
        return sum(self.alone.values())


async def profile_drain(bench: Bench, service: str) -> Profile:
    """The service alone, draining its input topic as `ratio` has it."""
    await _count_statements(bench)
    sizes = [bench.sizes.warm_up, bench.sizes.drained * 2]
    bench.tell(f"profile: recording the input of {service}")
    before = SERVICES[: SERVICES.index(service)] or ("intake",)
    warm_up, items = (await record(bench, sizes, *before)).inputs(service)
    async with house_on(bench.stack) as house, Progress(house.settings) as progress:
        await house.publish(reference(webhook=CLOSED))
        await house.start(service)
        drain = Drain.of(house, progress, service)
        await drain.round(warm_up)
        bench.tell(f"profile: {service} drains {len(items)} records")
        found = Profile(service, "a drain", events=len(items))
        async with _watched(house, found):
            done = await drain.round(items)
        found.seconds, found.cpu = done.seconds, done.cpu
        found.postgres = done.postgres_of.get(schema_of(service), 0.0)
    return found


async def profile_loop(bench: Bench, service: str, rate: int) -> Profile:
    """The service among all others, at a steady rate of issues as `latency` has it."""
    await _count_statements(bench)
    async with house_on(bench.stack) as house:
        receivers = await start_receivers(house)
        await house.publish(reference(webhook=receivers.hook))
        await house.start(*SERVICES)
        answers = {"topic": "notifications", "header": "ce_correlationid"}
        await open_loop(house, rate, reported(int(rate * bench.sizes.open_loop_warm_up)), **answers)
        items = reported(int(rate * bench.sizes.open_loop))
        bench.tell(f"profile: {service} at {rate} issues/s")
        found = Profile(service, f"{rate} issues/s", events=len(items))
        async with _watched(house, found), Meter(house) as meter:
            began = time.perf_counter()
            await open_loop(house, rate, items, **answers)
            found.seconds = time.perf_counter() - began
        found.cpu, found.postgres = meter.cpu, meter.postgres_of.get(schema_of(service), 0.0)
    return found


async def _count_statements(bench: Bench) -> None:
    """Have Postgres count statements, where it is ours to restart."""
    server = bench.stack.postgres_process
    if server is None:
        return
    conn = await asyncpg.connect(bench.stack.database_url)
    await conn.execute("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
    await conn.close()
    await asyncio.to_thread(server.restart)


@asynccontextmanager
async def _watched(house: House, found: Profile) -> AsyncIterator[None]:
    counts = house.stack.postgres_process is not None
    if counts:
        await house.owner.execute(
            "CREATE EXTENSION IF NOT EXISTS pg_stat_statements; SELECT pg_stat_statements_reset()"
        )
    file = house.folder / "samples.txt"
    spy = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("py-spy")),
        *("record", "--pid", str(house.processes[found.service].pid)),
        *("--format", "raw", "--function", "--rate", str(RATE), "--output", str(file)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield
    finally:
        if spy.returncode is None:
            spy.send_signal(signal.SIGINT)
        said, _ = await spy.communicate()
    if not file.exists():
        raise BenchError(f"py-spy could not watch the process (it needs the right to trace it):\n{said.decode()}")
    add_samples(found, file.read_text().splitlines())
    if counts:
        found.statements = await house.owner.fetch(
            "SELECT sum(calls)::int AS calls, sum(total_exec_time) AS ms, sum(rows)::int AS rows, query "
            "FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid "
            "WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND rolname = $1 "
            "AND rows > 0 "
            "GROUP BY query ORDER BY ms DESC LIMIT 15",
            f"upheld_{schema_of(found.service)}",
        )


def add_samples(found: Profile, lines: Iterable[str]) -> None:
    """Count stacks as py-spy writes them: `outer (file);inner (file) 12`."""
    for line in lines:
        stack, _, count = line.rpartition(" ")
        if not count.isdigit():
            continue
        frames, number = stack.split(";"), int(count)
        if "select (selectors.py" in frames[-1] or "Selector.select" in frames[-1]:
            found.waiting += number
            continue
        found.alone[frames[-1]] += number
        for frame in set(frames):
            found.within[frame] += number
        found.parts[part_of(frames[-1])] += number


def part_of(frame: str) -> str:
    """The package of a frame: `pydantic`, `shared/consumer`, `services/triage`, ..."""
    match = _FRAME.match(frame)
    if match is None:
        return "?"
    names = match["file"].split("/")
    if names[0] in ("shared", "services") and len(names) > 1:
        return "/".join(names[:2]).removesuffix(".py")
    return names[0].removesuffix(".py")


def show(console: Console, found: Profile) -> None:
    """Rates and CPU, then the packages, the functions and the statements that cost most."""
    used = found.cpu.get(schema_of(found.service), 0.0)
    console.print(
        f"{found.service}, {found.what}: {found.events} records in {found.seconds:.2f} s "
        f"({found.events / found.seconds:,.0f}/s); it was busy for {used / found.seconds:.0%} of a core, "
        f"its Postgres backends for {found.postgres / found.seconds:.0%}"
    )
    console.print(f"CPU seconds per 1,000: {per_1000(found.cpu, found.events)}")
    shares = "  ".join(f"{name} {count / found.samples:.0%}" for name, count in found.parts.most_common(14))
    console.print(
        f"by package, innermost frame ({found.samples} samples; in {found.waiting} more it waited):\n  {shares}",
        soft_wrap=True,
    )
    _functions(console, "in the function itself", found, found.alone, 25)
    ours = Counter({name: n for name, n in found.within.items() if "(shared/" in name or "(services/" in name})
    _functions(console, "in it and what it called, our own code", found, ours, 40)
    if found.statements:
        table = Table("calls", "ms", "ms a call", "rows", "statement", title="SQL", title_justify="left", box=None)
        for row in found.statements:
            text = " ".join(row["query"].split())
            table.add_row(
                str(row["calls"]), f"{row['ms']:.0f}", f"{row['ms'] / row['calls']:.2f}", str(row["rows"]), text[:100]
            )
        console.print(table)


def _functions(console: Console, title: str, found: Profile, counts: Counter[str], most: int) -> None:
    table = Table("share", "function", title=title, title_justify="left", box=None, show_header=False)
    for name, count in counts.most_common(most):
        table.add_row(f"{count / found.samples:6.1%}", Text(name))
    console.print(table)
