"""One channel's claims and sends.

- It claims no more than it can begin to send well within the lease; what it cannot begin in time goes back unsent.
- Woken by the commit next door; else it looks twice a second, for what other processes added and what is due again.
- What fails together (a gate) is held back together, with one try at a time, while the rest goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
import uuid
from dataclasses import replace
from typing import Any

from services.notifier.channels import Channel
from services.notifier.delivery.settle import Attempt, Settler
from services.notifier.delivery.write import Unwritten, Writer
from services.notifier.domain.content import Content
from services.notifier.domain.gates import Gates
from services.notifier.domain.messages import Claimed, Message
from services.notifier.domain.retries import Result
from services.notifier.handlers import signal_of
from services.notifier.store import leases as store
from shared.consumer.failures import is_transient
from shared.service import App

POLL = 0.5
UNSENT = Result("unsent")
STOPPED = Result("later", "the service stopped while this was being sent")


class Dispatcher:
    """Supervised by the delivery: its death ends the process."""

    def __init__(self, app: App, channel: Channel, settler: Settler) -> None:
        self._app = app
        self._channel = channel
        self._settler = settler
        self._writer = Writer(app.settings.support_phone)
        self._wake = app.db.signal(signal_of(channel.name))
        # A few turns ahead of what is being sent, so that claiming and settling never keep the channel waiting.
        self._ahead = 4 * channel.per_gate
        self._most = max(4 * self._ahead, 8 * channel.width)
        self._gates = Gates(self._ahead)
        self._slots = asyncio.Semaphore(channel.width)
        self._gate_slots: dict[str, asyncio.Semaphore] = {}
        self._lease = app.settings.delivery_lease
        self._timeout = min(app.settings.delivery_timeout, self._lease / 2)
        self._held: dict[uuid.UUID, asyncio.Task[None] | None] = {}
        self._more = False
        self._stopping = False

    async def run(self) -> None:
        """Claim and send until `no_more`; an error of the database means a new connection."""
        while not self._stopping:
            conn: Any = None
            try:
                conn = await self._app.db.connect()
                while not self._stopping:
                    await self._turn(conn)
            except Exception as error:
                if not is_transient(error):
                    raise
                self._app.log.warning(
                    "claims interrupted", channel=self._channel.name, error=f"{type(error).__name__}: {error}"
                )
                await asyncio.sleep(POLL)
            finally:
                if conn is not None:
                    conn.terminate()

    def no_more(self) -> None:
        """Begin nothing more. A claim in progress is let finish: what it leased goes back unsent."""
        self._stopping = True
        self._wake.set()

    async def finish(self, seconds: float) -> None:
        """Wait for what is on its way, and break off what takes longer."""
        tasks = [task for task in self._held.values() if task is not None]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _turn(self, conn: Any) -> None:
        self._wake.clear()
        room = self._most - len(self._held)
        if room < self._most // 2:
            self._more = True
            await self._rest()
            return
        now = time.monotonic()
        # A gate in trouble is tried with one delivery.
        each = 1 if self._gates.troubled() else self._ahead
        barred = self._gates.barred(now)
        claimed = await store.claim(conn, self._channel.name, barred, uuid.uuid4(), self._lease, each, room)
        # With less than any limit of the claim there is nothing left that is due.
        cut = len(claimed) >= min(each, room)
        self._more = cut or bool(barred)
        for one in await self._writer.write(conn, [c for c in claimed if c.id not in self._held]):
            self._begin(one, now)
        if not cut:
            await self._rest()

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), POLL)

    def _begin(self, one: Message | Unwritten, claimed_at: float) -> None:
        claimed = one.claimed
        self._settler.begun()
        if isinstance(one, Unwritten):
            self._held[claimed.id] = None
            self._settle(claimed, one.content, one.result)
            return
        self._gates.enter(claimed.gate)
        self._held[claimed.id] = asyncio.create_task(self._send(one, claimed_at))

    async def _send(self, message: Message, claimed_at: float) -> None:
        result = UNSENT
        try:
            async with self._gate_slot(message.claimed.gate), self._slots:
                if self._may_begin(message.claimed.gate, claimed_at):
                    result = STOPPED
                    result = await self._traced(message)
        finally:
            claimed = message.claimed
            self._gates.leave(claimed.gate, trouble=result.gate, now=time.monotonic(), chance=random.random())
            self._settle(claimed, message.content, result)

    def _may_begin(self, gate: str, claimed_at: float) -> bool:
        """Not when stopping, nor through a gate that closed meanwhile; the lease must outlast attempt and settling."""
        now = time.monotonic()
        in_time = now < claimed_at + self._lease - self._timeout - 2
        return in_time and not self._stopping and not self._gates.is_closed(gate, now)

    def _gate_slot(self, gate: str) -> asyncio.Semaphore:
        if len(self._gate_slots) > 10_000:
            in_use = self._gates.names()
            self._gate_slots = {name: slots for name, slots in self._gate_slots.items() if name in in_use}
        return self._gate_slots.setdefault(gate, asyncio.Semaphore(self._channel.per_gate))

    async def _traced(self, message: Message) -> Result:
        if (tracing := self._app.tracing) is None:
            return await self._attempt(message)
        claimed, channel = message.claimed, self._channel.name
        about = {"upheld.channel": channel, "upheld.delivery": str(claimed.id), "server.address": claimed.gate}
        with tracing.call(f"deliver {channel}", claimed.cause.traceparent, about):
            result = await self._attempt(replace(message, trace=tracing.current()))
            if result.answer != "accepted":
                tracing.fail(result.reason or result.answer)
        return result

    async def _attempt(self, message: Message) -> Result:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._channel.send(message)
        except TimeoutError:
            return Result("later", f"no answer within {self._timeout:g} s", gate=True)
        except Exception as error:
            # A bug in a channel must not lose a message: it is tried again, and seen.
            self._app.log.error(
                "a channel failed", channel=self._channel.name, error=f"{type(error).__name__}: {error}", exc_info=True
            )
            return Result("later", f"{type(error).__name__}: {error}")

    def _settle(self, claimed: Claimed, content: Content | None, result: Result) -> None:
        def done() -> None:
            self._held.pop(claimed.id, None)
            if self._more and self._most - len(self._held) >= self._most // 2:
                self._wake.set()

        self._settler.settle(Attempt(claimed, content, result, time.monotonic(), done))
