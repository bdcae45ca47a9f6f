"""The ways out: each sends one message and says, as a Result, what became of it; none raises."""

from __future__ import annotations

from typing import Protocol

from services.notifier.domain.messages import Message
from services.notifier.domain.recipients import Channel as Name
from services.notifier.domain.retries import Result


class Channel(Protocol):
    """One way out. `width` messages may be sent at once, through one gate at most `per_gate`."""

    name: Name
    width: int
    per_gate: int

    async def send(self, message: Message) -> Result:
        """Send it. Bounded in time by the caller; a cancelled send leaves nothing half said on a connection."""
        ...

    async def aclose(self) -> None:
        """Close what is open."""
        ...
