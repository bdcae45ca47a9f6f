"""What it costs to sweep 1,000 tickets on which a warning comes due, when 10,000, 100,000 and 1,000,000 are open.

Measured: CPU seconds of status-monitor and Postgres (`sweep.open_<n>`) from the instant at which all of them come due
until each warning is said and published and nothing moves; in the detail also the seconds until the last ticket is
swept. The tables hold SQL copies of real tickets, vacuumed and analyzed. The real service sweeps, by its own timer.
Beside: the same with 100,000 open tickets (`sweep_ratio_10k`, `sweep_ratio_1m`): a sweep costs what is due.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from bench.drain import WITHIN, Drain
from bench.figures import Json, middle, per_1000, rounds
from bench.gate import Progress
from bench.house import BenchError, House, house_on
from bench.measures.ratio import CLOSED
from bench.meter import Meter
from bench.multiply import keep_templates, multiply
from bench.run import Bench
from bench.world import reference, reported

SERVICE = "status-monitor"
TEMPLATES = 500
"""Real tickets that are copied."""
WARNED = timedelta(minutes=45)
"""75 % of the hour that the plan `business` of plivo.yaml promises for the first response: nothing else comes due."""
AHEAD = timedelta(seconds=4)
"""How long before they come due the tickets are made ready."""
LOOK = 0.05
"""Seconds between two looks whether all are swept."""


async def measure(bench: Bench) -> Json:
    """{sweep, sweep_ratio_10k, sweep_ratio_1m, detail}"""
    sizes = bench.sizes
    detail: Json = {}
    async with house_on(bench.stack) as house, Progress(house.settings) as progress:
        await _live(bench, house, progress)
        await keep_templates(house, [SERVICE])
        looking = await asyncpg.connect(house.database_url, server_settings={"enable_seqscan": "off"})
        try:
            for count in sizes.opened:
                bench.tell(f"sweep: filling the tables with {count:,} open tickets")
                await multiply(house, count // TEMPLATES - 1, [SERVICE])
                await house.start(SERVICE)
                drain = Drain.of(house, progress, SERVICE)
                await drain.settled()
                detail[f"open_{count}"] = await _swept(bench, Sweeps(house, looking, drain), count)
                await house.stop()
        finally:
            await looking.close()
    costs = [one["cpu_s"]["median"] for one in detail.values()]
    return {
        "sweep": {name: one["cpu_s"]["median"] for name, one in detail.items()},
        "sweep_ratio_10k": round(costs[0] / costs[1], 3),
        "sweep_ratio_1m": round(costs[2] / costs[1], 3),
        "detail": detail,
    }


async def _live(bench: Bench, house: House, progress: Progress) -> None:
    """Real tickets, each with its priority and Initial."""
    bench.tell("sweep: real tickets to be copied")
    services = ("intake", "triage", SERVICE)
    await house.publish(reference(webhook=CLOSED))
    await house.start(*services)
    first, *others = [Drain.of(house, progress, service) for service in services]
    await first.round(reported(TEMPLATES))
    for drain in others:
        await drain.settled()
    await house.stop()


async def _swept(bench: Bench, sweeps: Sweeps, count: int) -> Json:
    sizes = bench.sizes
    done = []
    for place in range(sizes.rounds + 1):
        bench.tell(f"sweep: {count:,} open, {f'round {place}' if place else 'warm-up'}, {sizes.due:,} due")
        done.append(await sweeps.once(sizes.due))
    done = done[1:]
    cost = [per_1000(one, sizes.due) for one, _ in done]
    return {
        "cpu_s_per_1000": middle(cost),
        "cpu_s": rounds([one["total"] for one in cost], 3),
        "seconds": rounds([seconds for _, seconds in done], 2),
    }


class Sweeps:
    """Sweeps of an installation whose status-monitor runs; each of other tickets."""

    def __init__(self, house: House, looking: asyncpg.Connection[asyncpg.Record], drain: Drain) -> None:
        self._house = house
        self._looking = looking
        self._drain = drain
        self._after = UUID(int=0)

    async def once(self, count: int) -> tuple[dict[str, float], float]:
        """CPU seconds by process and seconds until so many tickets, all due at one instant, are swept."""
        await self._house.owner.execute("VACUUM (ANALYZE) status_monitor.tickets")
        ids, due_at = await self._ready(count)
        await self._house.owner.execute("CHECKPOINT")
        left = (due_at - await self._now()).total_seconds()
        if left < LOOK:
            raise BenchError(f"making {count} tickets ready took longer than {AHEAD.total_seconds():.0f} s")
        await asyncio.sleep(left - LOOK)
        async with Meter(self._house) as meter:
            began = await self._until(due_at)
            while await self._due(due_at):
                self._house.check()
                if time.perf_counter() - began > WITHIN:
                    raise BenchError(f"tickets that were due are not swept after {WITHIN:.0f} s")
                await asyncio.sleep(LOOK)
            seconds = time.perf_counter() - began
            await self._drain.settled()
        await self._check(ids)
        return {name: meter.cpu[name] for name in ("status_monitor", "postgres") if name in meter.cpu}, seconds

    async def _ready(self, count: int) -> tuple[Sequence[UUID], datetime]:
        """Other tickets than before, wherever they lie, get a start by which they are warned of at one instant.

        A copy has its ids in columns alone: here its JSON gets them too.
        """
        due_at = await self._now() + AHEAD
        rows = await self._house.owner.fetch(
            """
            UPDATE status_monitor.tickets t SET next_due = $3,
                opened = jsonb_set(t.opened, '{number}', to_jsonb(t.number)),
                data = t.data || jsonb_build_object('ticket_id', t.ticket_id,
                    'facts', t.data->'facts' || jsonb_build_object('start', $3::timestamptz - $4::interval))
            WHERE t.ticket_id IN (
                SELECT ticket_id FROM status_monitor.tickets WHERE ticket_id > $1 ORDER BY ticket_id LIMIT $2
            )
            RETURNING t.ticket_id
            """,
            self._after,
            count,
            due_at,
            WARNED,
        )
        if len(rows) != count:
            raise BenchError(f"only {len(rows)} tickets are left to come due, not {count}")
        ids = sorted(row["ticket_id"] for row in rows)
        self._after = ids[-1]
        return ids, due_at

    async def _now(self) -> datetime:
        now: datetime = await self._looking.fetchval("SELECT clock_timestamp()")
        return now

    async def _until(self, at: datetime) -> float:
        """Wait for this moment of the database; returns it (perf_counter)."""
        await asyncio.sleep(max((at - await self._now()).total_seconds(), 0))
        return time.perf_counter()

    async def _due(self, at: datetime) -> bool:
        found: bool = await self._looking.fetchval(
            "SELECT EXISTS (SELECT FROM status_monitor.tickets WHERE partition = ANY($1::smallint[]) "
            "AND next_due <= $2) OR EXISTS (SELECT FROM status_monitor.outbox)",
            list(range(self._house.settings.partitions)),
            at,
        )
        return found

    async def _check(self, ids: Sequence[UUID]) -> None:
        """Each was warned of, once: else something else was measured. Raises BenchError."""
        warned = await self._house.owner.fetchval(
            "SELECT count(*) FROM status_monitor.tickets WHERE ticket_id = ANY($1::uuid[]) "
            "AND jsonb_path_query_array(data, '$.facts.marks[*].kind') = '[\"at-risk\"]'",
            ids,
        )
        if warned != len(ids):
            raise BenchError(f"{warned} of {len(ids)} tickets that were due were warned of")
