"""How long the broker gathers records before it answers a fetch.

The next fetch is on its way while a batch is handled; answered with the first record that comes, it makes the next
batch one record, whatever comes behind it, and a batch costs much the same for one as for ten.

- Where several records come while a loop works and then rests three times as long, the broker holds every fetch for
  that long: a little is waited everywhere, and nothing queues for a processor that is busy with batches of one.
- Where records are waiting already, it holds the fetch for as long as the last batch took, which nobody is kept
  waiting by.
- At rest, and where records come now and then, a fetch is answered at once.
"""

from __future__ import annotations

import math
import time

from aiokafka import AIOKafkaConsumer

BUSY = 0.002
"""Seconds: records that were there sooner than this had waited."""
AT_MOST = 0.02
RESTS = 3.0
"""Times as long as it works, so that a loop is busy a quarter of the time at most."""
SEVERAL = 4.0
"""Records that must come in the time of a rest, for it to be worth waiting for them."""
GATHER = 0.05
"""Seconds: the longest rest."""
OVER = 1.0
"""Seconds over which rate and work are taken; what is older counts ever less."""
BYTES = 64 * 1024


class Pace:
    """Of one loop. aiokafka has no public way to change these two settings of a running consumer."""

    def __init__(self) -> None:
        self._asked = self._began = 0.0
        self._took = 0.0
        self._recent = self._batches = self._worked = 0.0
        self._rest: tuple[int, int] | None = None

    def asks(self) -> None:
        """The loop asks for records."""
        self._asked = time.perf_counter()

    def begins(self, consumer: AIOKafkaConsumer, records: int) -> None:
        """It has so many and handles them; called before anything is awaited, since then the next fetch goes out."""
        now = time.perf_counter()
        older = math.exp((self._began - now) / OVER)
        self._recent = self._recent * older + records
        self._batches = self._batches * older + 1
        self._worked *= older
        self._began = now
        rest = self._rest_of_a_batch()
        if rest:
            self._hold(consumer, rest)
        elif now - self._asked < BUSY:
            self._hold(consumer, min(self._took, AT_MOST))
        else:
            self._let_go(consumer)

    def ends(self, consumer: AIOKafkaConsumer) -> None:
        """They are handled, or failed."""
        self._took = time.perf_counter() - self._began
        self._worked += self._took
        if not self._rest_of_a_batch():
            self._let_go(consumer)

    def _rest_of_a_batch(self) -> float:
        """Seconds for which records are gathered; 0 where too few would come."""
        rest = min(RESTS * self._worked / self._batches, GATHER) if self._batches else 0.0
        return rest if self._recent / OVER * rest >= SEVERAL else 0.0

    def _hold(self, consumer: AIOKafkaConsumer, seconds: float) -> None:
        fetcher = consumer._fetcher
        if self._rest is None:
            self._rest = fetcher._fetch_min_bytes, fetcher._fetch_max_wait_ms
        fetcher._fetch_min_bytes, fetcher._fetch_max_wait_ms = BYTES, max(int(seconds * 1000), 1)

    def _let_go(self, consumer: AIOKafkaConsumer) -> None:
        if self._rest is not None:
            fetcher = consumer._fetcher
            fetcher._fetch_min_bytes, fetcher._fetch_max_wait_ms = self._rest
            self._rest = None
