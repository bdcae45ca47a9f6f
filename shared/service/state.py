"""The state of a service as its metrics tell it, looked at every few seconds, whatever else has stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg

from shared.consumer.letters import count_open
from shared.db import LOST

if TYPE_CHECKING:
    from shared.service.app import App

EVERY = 5.0


async def tell_state(app: App) -> None:
    """Readiness, dead letters, and the age of the outbox where no relay of this process tells it at each turn."""
    app.metrics.ready.labels(app.name).set(not await app.missing())
    try:
        for state, count in (await count_open(app.db.pool)).items():
            app.metrics.dead.labels(app.name, state).set(count)
        if not app.relay.leading:
            age = await app.db.pool.fetchval(
                "SELECT extract(epoch FROM clock_timestamp() - created_at)::float8 FROM outbox ORDER BY id LIMIT 1"
            )
            app.metrics.outbox_age.labels(app.name).set(age or 0)
    except (asyncpg.PostgresError, *LOST) as error:
        app.log.info("state not known", error=f"{type(error).__name__}: {error}")
