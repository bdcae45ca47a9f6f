"""Fetch sessions (KIP-227): a fetch names only the partitions whose place has changed, its answer only those with news.

aiokafka's fetcher names every assigned partition in each request and reads every one's answer: with topics of twelve
partitions that costs more than the one record which a quiet moment brings. This stands between the fetcher and its
client and keeps a session with each broker. A broker that knows no sessions, or forgets one, is asked in full.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from aiokafka.protocol.fetch import FetchRequest

SINCE = 7
"""The version of Fetch that brought sessions."""
LAST_EPOCH = 2**31 - 1

Place = tuple[str, int]
Wanted = dict[Place, tuple[int, int]]
"""Of each partition: the offset to read from, and how many bytes at most."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a broker knows of this consumer. Epoch 0 asks for a new session, with all that is wanted."""

    id: int = 0
    epoch: int = 0
    wanted: Wanted = field(default_factory=dict)


class Incremental(FetchRequest):  # type: ignore[misc]
    """A fetch within a session: only what differs from what the broker knows."""

    def __init__(self, whole: FetchRequest, session: Session, wanted: Wanted) -> None:
        changed: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for place, (offset, most) in wanted.items():
            if session.wanted.get(place) != (offset, most):
                changed[place[0]].append((place[1], offset, most))
        self._forgotten: dict[str, list[int]] = defaultdict(list)
        for topic, partition in session.wanted.keys() - wanted.keys():
            self._forgotten[topic].append(partition)
        self._session = session
        self._whole = whole
        super().__init__(
            whole._max_wait_ms,
            whole._min_bytes,
            whole._max_bytes,
            whole._isolation_level,
            list(changed.items()),
            whole._rack_id,
        )

    def build(self, request_struct_class: Any) -> Any:
        """Of an earlier version: the whole request, as it came."""
        if request_struct_class.API_VERSION < SINCE:
            return self._whole.build(request_struct_class)
        built: Any = super().build(request_struct_class)
        built.session_id, built.session_epoch = self._session.id, self._session.epoch
        built.forgotten_topics_data = list(self._forgotten.items())
        return built


class Sessions:
    """The fetcher's client, with a session for each broker; at most one fetch is on its way to each."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._open: dict[int, Session] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    async def send(self, node_id: int, request: Any, **more: Any) -> Any:
        """A fetch becomes one within the broker's session; anything else goes on as it is."""
        if type(request) is not FetchRequest:
            return await self._client.send(node_id, request, **more)
        wanted = {(topic, place[0]): (place[1], place[2]) for topic, places in request.topics for place in places}
        session = self._open.get(node_id, Session())
        try:
            answer = await self._client.send(node_id, Incremental(request, session, wanted), **more)
        except (KafkaError, asyncio.CancelledError):
            self._open.pop(node_id, None)  # nobody knows how far the broker has counted
            raise
        if answer.API_VERSION < SINCE:
            return answer
        self._open.pop(node_id, None)
        if answer.error_code:
            # The broker has forgotten the session, or lost count of it.
            return await self._client.send(node_id, request, **more)
        if answer.session_id:
            self._open[node_id] = Session(answer.session_id, session.epoch % LAST_EPOCH + 1, wanted)
        return answer


def fetch_in_sessions(consumer: AIOKafkaConsumer) -> None:
    """Let this started consumer fetch in sessions. aiokafka has no public way to say so."""
    consumer._fetcher._client = Sessions(consumer._fetcher._client)
