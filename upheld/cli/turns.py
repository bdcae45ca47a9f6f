"""One command at a time changes a topic of reference data, since an account is read, changed and published whole.

The turn is a session advisory lock in the owner's database, on a connection of its own. A command that is stopped while
it has the turn loses it when the connection has been idle for too long, and publishes nothing after that.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence

import asyncpg

from shared.db import LOST
from shared.events import Event
from shared.settings import Settings
from upheld.cli.services import no_postgres
from upheld.client import publish_events
from upheld.errors import CommandError

IDLE = 60
"""Seconds for which a command may have the turn and ask nothing of Postgres."""
PATIENCE = 75
"""Seconds for which a command waits for its turn: longer than one that is stopped can have it."""
_TAKE = "SELECT pg_advisory_lock(hashtextextended('upheld/' || $1, 0))"


class Turn:
    """The right to change this topic; what was read since it was taken still holds."""

    def __init__(self, settings: Settings, topic: str, conn: asyncpg.Connection[asyncpg.Record]) -> None:
        self._settings = settings
        self._topic = topic
        self._conn = conn

    async def publish(self, events: Sequence[Event]) -> None:
        """Publish what was decided in this turn.

        Raises CommandError where the turn was lost: before, when nothing is published, or meanwhile, when what was
        published may have undone what another command said.
        """
        if not await self._holds():
            raise CommandError(
                f"Another command may have changed the {self._topic} meanwhile: nothing is published.",
                hint="Run it again.",
            )
        await publish_events(self._settings, events)
        if not await self._holds():
            raise CommandError(
                f"It is published, but another command may have changed the {self._topic} at the same time.",
                hint="Look whether both are as they should be, and run again the one that is not.",
            )

    async def _holds(self) -> bool:
        """The lock is the connection's: it is held for as long as that lives."""
        try:
            await self._conn.execute("SELECT 1", timeout=10)
        except (asyncpg.PostgresError, *LOST):
            return False
        return True


@contextlib.asynccontextmanager
async def turn(settings: Settings, topic: str) -> AsyncIterator[Turn]:
    """Wait for the turn to change this topic; read in it what the change rests on.

    Raises Unreachable without Postgres, CommandError where the turn does not come.
    """
    dsn = settings.database_url.get_secret_value()
    limits = {"idle_session_timeout": f"{IDLE}s", "lock_timeout": f"{PATIENCE}s", "application_name": "upheld"}
    try:
        conn = await asyncpg.connect(dsn, timeout=10, server_settings=limits)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError, ValueError) as error:
        raise no_postgres(dsn, error) from None
    try:
        try:
            await conn.execute(_TAKE, settings.topic_prefix + topic)
        except asyncpg.LockNotAvailableError:
            raise CommandError(
                f"Another command has been changing the {topic} for {PATIENCE} seconds: nothing is published.",
                hint="Run it again when the other one has ended.",
            ) from None
        except (asyncpg.PostgresError, *LOST) as error:
            raise no_postgres(dsn, error) from None
        yield Turn(settings, topic, conn)
    finally:
        with contextlib.suppress(asyncpg.PostgresError, *LOST):
            await conn.close(timeout=5)
