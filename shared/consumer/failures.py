"""The three classes of failure: permanent (this record never works), transient (the same works later), unknown.

Unknown exceptions are retried a few times and then isolated; everything of the database, the network or the
system is transient, except what Postgres says of the data itself (SQLSTATE classes 22 and 23).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg
from aiokafka.errors import KafkaError

from shared.db import LOST
from shared.envelope import Malformed, Received


class Refused(Exception):
    """The domain refuses these events for good: they go to `dead_letter`, the rest of their batch goes on.

    The batch is handled again without them: a handler that can refuse many collects them and raises once (`many`).
    """

    def __init__(self, received: Received[Any], reason: str) -> None:
        super().__init__(reason)
        self.items: list[tuple[Received[Any], str]] = [(received, reason)]

    @classmethod
    def many(cls, items: Sequence[tuple[Received[Any], str]]) -> Refused:
        """All of these at once."""
        error = cls(*items[0])
        error.items = list(items)
        return error


class Waiting(Exception):
    """Something that will come is not here yet; the batch is tried again, and this is no error."""


class Gap(Exception):
    """A sequence jumped: what lies between must come first. Transient, and alarmed."""


class Stopped(Exception):
    """So many records failed for unknown reasons that it is a bug: the service stops consuming for a minute."""


def is_transient(error: BaseException) -> bool:
    """Whether the same batch may work later without anyone changing the data or the code."""
    if isinstance(error, Waiting | Gap):
        return True
    if isinstance(error, asyncpg.PostgresError):
        state = getattr(error, "sqlstate", None) or ""
        return not state.startswith(("22", "23"))
    return isinstance(error, (*LOST, KafkaError))


def describe(error: BaseException) -> str:
    """A reason for a dead letter: one line, of bounded length, that Postgres can store."""
    kind = "" if isinstance(error, Malformed | Refused) else f"{type(error).__name__}: "
    return cleaned(f"{kind}{error}")


def cleaned(reason: str) -> str:
    """As Postgres can store it, of bounded length."""
    return reason.replace("\x00", "\\u0000")[:2000]
