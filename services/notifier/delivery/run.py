"""The delivery's tasks: one dispatcher a channel, one settler; the death of one ends them all, and the process."""

from __future__ import annotations

import asyncio
import contextlib

from services.notifier.channels import Channel
from services.notifier.channels.email import Email
from services.notifier.channels.webhook import Webhook
from services.notifier.delivery.dispatch import Dispatcher
from services.notifier.delivery.settle import Settler
from shared.service import App

GRACE = 8.0
"""Seconds that what is on its way has when the service stops."""


async def deliver(app: App) -> None:
    """Deliver what is owed, until cancelled; then finish what is on its way, and settle it."""
    channels: list[Channel] = [Email(app.settings), Webhook(app.settings)]
    settler = Settler(app)
    dispatchers = [Dispatcher(app, channel, settler) for channel in channels]
    settling = asyncio.create_task(settler.run(), name="settler")
    claiming = [asyncio.create_task(dispatcher.run(), name="dispatcher") for dispatcher in dispatchers]
    try:
        done, _ = await asyncio.wait([settling, *claiming], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            raise RuntimeError("the delivery ended") from task.exception()
    finally:
        for dispatcher in dispatchers:
            dispatcher.no_more()
        await asyncio.wait(claiming, timeout=GRACE / 2)
        for task in claiming:
            task.cancel()
        await asyncio.gather(*claiming, return_exceptions=True)
        await asyncio.gather(*(dispatcher.finish(GRACE) for dispatcher in dispatchers), return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            if not settling.done():
                await asyncio.wait_for(settler.drained(), GRACE)
        settling.cancel()
        await asyncio.gather(settling, return_exceptions=True)
        for channel in channels:
            await channel.aclose()
