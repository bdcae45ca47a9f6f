"""Everything that is said on the topics while the demo runs, as it lies there: what the player waits for, the view
shows and the judge reads.

It is read without a group, from the beginning, so nothing is missed and no service notices.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing
from typing import TypeVar

from shared.envelope import Received
from shared.events import Event, IssueReported, NotificationSent, PriorityAssigned, StatusChanged, TicketOpened
from shared.settings import Settings
from upheld.client import Read, read_topic
from upheld.demo.scenario import BY_KEY, Case

E = TypeVar("E", bound=Event)
T = TypeVar("T")

TOPICS = ("issues", "tickets", "notifications")
PATIENCE = 30.0


class Overdue(Exception):
    """Something that the scenario rests on did not happen in time."""


class Log:
    """The records so far, in the order of each topic's partitions."""

    def __init__(self, settings: Settings, on_read: Callable[[Read], None]) -> None:
        self._settings = settings
        self._on_read = on_read
        self._changed = asyncio.Condition()
        self.reads: list[Read] = []

    async def follow(self) -> None:
        """For ever. Raises Unreachable when Kafka is gone."""
        async with asyncio.TaskGroup() as group:
            for topic in TOPICS:
                group.create_task(self._follow(topic))

    async def _follow(self, topic: str) -> None:
        async with aclosing(read_topic(self._settings, topic, from_beginning=True)) as reads:
            async for read in reads:
                self.reads.append(read)
                self._on_read(read)
                await self.wake()

    async def wake(self) -> None:
        """Let those who wait look again: something arrived here, or at a receiver."""
        async with self._changed:
            self._changed.notify_all()

    async def until(self, what: str, find: Callable[[], T | None], *, within: float = PATIENCE) -> T:
        """The first truthy answer; asked again whenever something arrives. Raises Overdue."""
        try:
            async with asyncio.timeout(within), self._changed:
                while not (found := find()):
                    await self._changed.wait()
                return found
        except TimeoutError:
            raise Overdue(f"waited {within:.0f} s for {what}") from None

    def received(self, kind: type[E]) -> Iterator[Received[E]]:
        """All events of this class."""
        for read in self.reads:
            if read.received is not None and isinstance(read.received.event, kind):
                yield read.received  # type: ignore[misc]

    def opened(self, case: str) -> TicketOpened | None:
        """The ticket of a case, once it is opened."""
        return next((item.event for item in self.received(TicketOpened) if is_of(BY_KEY[case], item.event.issue)), None)

    def changes(self, number: str) -> list[StatusChanged]:
        """What status-monitor said of a ticket."""
        return [item.event for item in self.received(StatusChanged) if item.event.number == number]

    def assessments(self, number: str) -> list[PriorityAssigned]:
        return [item.event for item in self.received(PriorityAssigned) if item.event.number == number]

    def sent(self, number: str) -> list[NotificationSent]:
        return [item.event for item in self.received(NotificationSent) if item.event.number == number]

    async def number_of(self, case: str) -> str:
        """The ticket's number, waited for."""
        return (await self.until(f"the ticket of {case!r}", lambda: self.opened(case))).number

    async def until_said(self, case: str, what: str, holds: Callable[[StatusChanged], bool]) -> StatusChanged:
        """The first StatusChanged of the case's ticket for which this holds."""
        number = await self.number_of(case)
        return await self.until(
            f"{what} on {case!r} ({number})", lambda: next((item for item in self.changes(number) if holds(item)), None)
        )

    async def until_notified(self, case: str) -> None:
        """Until someone was sent the Initial."""
        number = await self.number_of(case)
        await self.until(
            f"the Initial of {case!r} ({number})",
            lambda: any(item.status == "Initial" and item.outcome == "accepted" for item in self.sent(number)),
        )


def is_of(case: Case, issue: IssueReported) -> bool:
    """Whether this issue is the one of the case."""
    incident = issue.detection.incident_id if issue.detection else None
    return case.find in (("issue", issue.issue_id), ("incident", incident))
