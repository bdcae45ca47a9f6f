"""How long the broker gathers records before it answers a fetch.

The next fetch is on its way while a batch is handled. Where records are waiting already, an answer with the first
one that comes would make the next batch one record, whatever comes behind it; so the broker holds it back for as long
as the last batch took, which nobody is kept waiting by. At rest a fetch is answered at once.
"""

from __future__ import annotations

import time

from aiokafka import AIOKafkaConsumer

BUSY = 0.002
"""Seconds: records that were there sooner than this had waited."""
AT_MOST = 0.02
BYTES = 64 * 1024


class Pace:
    """Of one loop. aiokafka has no public way to change these two settings of a running consumer."""

    def __init__(self) -> None:
        self._asked = self._began = 0.0
        self._took = 0.0
        self._rest: tuple[int, int] | None = None

    def asks(self) -> None:
        """The loop asks for records."""
        self._asked = time.perf_counter()

    def begins(self, consumer: AIOKafkaConsumer) -> None:
        """It has some and handles them; called before anything is awaited, since then the next fetch goes out."""
        self._began = time.perf_counter()
        if self._began - self._asked < BUSY:
            fetcher = consumer._fetcher
            self._rest = fetcher._fetch_min_bytes, fetcher._fetch_max_wait_ms
            gather = min(self._took, AT_MOST)
            fetcher._fetch_min_bytes, fetcher._fetch_max_wait_ms = BYTES, max(int(gather * 1000), 1)

    def ends(self, consumer: AIOKafkaConsumer) -> None:
        """They are handled, or failed."""
        self._took = time.perf_counter() - self._began
        if self._rest is not None:
            fetcher = consumer._fetcher
            fetcher._fetch_min_bytes, fetcher._fetch_max_wait_ms = self._rest
            self._rest = None
