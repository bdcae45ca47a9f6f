"""A reader: one consumer group of a service, from the subscription to the committed offset.

FastStream declares it and connects; our loop drives its consumer (docs/decisions/0001).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker

from shared.consumer.batch import Batches, Handler
from shared.consumer.loop import Loop
from shared.consumer.positions import Positions
from shared.consumer.sessions import fetch_in_sessions
from shared.db import Database
from shared.events import Event
from shared.observability import Metrics
from shared.settings import Settings


@dataclass(frozen=True, slots=True)
class Gathering:
    """How long the broker holds a fetch back, for more to come together."""

    bytes: int = 1
    milliseconds: int = 500


AT_ONCE = Gathering()
FOR_A_MOMENT = Gathering(64 * 1024, 50)
"""For what nobody waits for: few full batches instead of many of one record, which would cost the others their time."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Events that a group of its own reads: so that they delay no others, or cost no others' fetches."""

    name: str
    on: Mapping[type[Event], Handler]
    gathering: Gathering = AT_ONCE


class Reader:
    """What a service reads with one group; its tasks are supervised by the service."""

    def __init__(
        self,
        name: str,
        topics: Sequence[str],
        batches: Batches,
        gathering: Gathering,
        db: Database,
        settings: Settings,
        metrics: Metrics,
    ) -> None:
        self.name = name
        self._topics = topics
        self._gathering = gathering
        self._settings = settings
        self.positions = Positions(settings.topic_prefix, metrics)
        self.loop = Loop(self.positions, batches, db, settings, metrics)

    def subscribe(self, broker: KafkaBroker) -> None:
        """Declare it, before the broker starts."""
        self._subscriber = broker.subscriber(
            *(self._settings.topic_prefix + topic for topic in self._topics),
            group_id=self._settings.topic_prefix + self.name + self._settings.group_suffix,
            auto_offset_reset="earliest",
            batch=True,
            ack_policy=AckPolicy.MANUAL,
            listener=self.positions,
            partition_assignment_strategy=(RangePartitionAssignor,),
            session_timeout_ms=10_000,
            heartbeat_interval_ms=3_000,
            rebalance_timeout_ms=30_000,
            isolation_level="read_committed",
            fetch_min_bytes=self._gathering.bytes,
            fetch_max_wait_ms=self._gathering.milliseconds,
            max_partition_fetch_bytes=4 * 1024 * 1024,
            fetch_max_bytes=self._settings.batch_bytes,
        )

    def started(self) -> None:
        """The broker has started: its consumer is there."""
        self.positions.consumer = self._subscriber.consumer
        if self.positions.consumer is not None:
            fetch_in_sessions(self.positions.consumer)

    def work(self) -> list[tuple[str, Coroutine[Any, Any, None]]]:
        """What has to run, by name."""
        return [
            (f"loop {self.name}", self.loop.run()),
            (f"committer {self.name}", self.positions.run_committer()),
        ]

    @property
    def lacks(self) -> str | None:
        """Why nothing is read, if so."""
        if self.loop.trouble is not None:
            return f"nothing is consumed: {self.loop.trouble}"
        consumer = self.positions.consumer
        return None if consumer is not None and consumer.assignment() else "no partitions are assigned yet"

    async def finish(self, task: asyncio.Task[None]) -> None:
        """The batch in flight ends, then its offsets are committed."""
        self.loop.stop()
        with contextlib.suppress(TimeoutError, Exception):
            await asyncio.wait_for(asyncio.shield(task), 15)
        with contextlib.suppress(TimeoutError, KafkaError):
            await asyncio.wait_for(self.positions.flush(), 5)
