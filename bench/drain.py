"""Draining a topic: records appear at one instant, and it is over when all is handled, published and committed."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bench.gate import Progress, gate
from bench.house import BenchError, House
from bench.meter import Meter
from bench.world import Item
from shared.settings import schema_of
from shared.topics import TOPICS

WITHIN = 120.0
FAR, NEAR = 0.2, 0.01
"""Seconds between two looks, while much is left and near the end."""


@dataclass(frozen=True, slots=True)
class Round:
    """One drain: seconds from the opening of the gate, and CPU by process."""

    seconds: float
    cpu: dict[str, float]
    postgres_of: dict[str, float]


@dataclass
class Drain:
    """The rounds of one process. `groups`: the topics that each of its consumer groups reads; `service` names the
    schema whose outbox must be empty, none for the raw loop."""

    house: House
    progress: Progress
    groups: Mapping[str, Collection[str]]
    service: str | None = None

    @classmethod
    def of(cls, house: House, progress: Progress, service: str) -> Drain:
        """Of a service, with the groups that it declares; it had read the reference data when it became ready."""
        groups = importlib.import_module(f"services.{schema_of(service)}.app").service.groups
        grow = {name: [topic for topic in of if not TOPICS[topic].compacted] for name, of in groups.items()}
        return cls(house, progress, grow, service)

    async def round(self, items: Sequence[Item]) -> Round:
        """Put these records on their topics and wait until they are dealt with. Raises BenchError if they are not."""
        async with gate(self.house.settings, items) as filled:
            self.house.lasts |= filled.lasts
            async with Meter(self.house) as meter:
                began = await filled.open()
                await self.settled()
                seconds = time.perf_counter() - began
        return Round(seconds, meter.cpu, meter.postgres_of)

    async def settled(self) -> None:
        """Wait until nothing is left to handle or to publish. Raises BenchError when it takes too long."""
        deadline = time.perf_counter() + WITHIN
        first = left = await self.left()
        # Handled, then published, then read back: what is published may be this consumer's own to read.
        while left or not await self._published() or (left := await self.left()):
            self.house.check()
            if time.perf_counter() > deadline:
                raise BenchError(f"{self.service or 'raw'}: {left} records are left after {WITHIN:.0f} s")
            await asyncio.sleep(FAR if left > first // 5 else NEAR)
            left = await self.left()

    async def left(self) -> int:
        """How many records none of its groups has committed yet."""
        return sum([await self.progress.left(group, of, self.house.lasts) for group, of in self.groups.items()])

    async def _published(self) -> bool:
        return self.service is None or await self.house.count(self.service, "outbox") == 0
