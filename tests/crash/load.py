"""The load: an open loop of issues on Kafka, at a fixed rate whatever becomes of them, and acts over HTTP beside it.

- Run as a process of its own (`python -m tests.crash.load CONFIG`), so that its clock does not wait for anyone.
- It notes what was acknowledged and what it was answered, one line of JSON each; a note is written after the answer.
- SIGTERM ends the loop; what was begun is seen through, since a retry is part of the promise that is tested.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import signal
import sys
import time
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from tests.crash.checker.tickets import ticket_of
from tests.crash.http_load import Callers
from tests.crash.world import Customers, Json

SOURCE = "crm"
Headers = list[tuple[str, bytes]]


class Notes:
    """One line of JSON a note, flushed at once."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, what: str, **note: Any) -> None:
        self._file.write(json.dumps({"what": what, "at": time.time(), **note}) + "\n")
        self._file.flush()


class Load:
    """Sends, and sends again later; every sending is a task, so that none holds up the loop."""

    def __init__(self, config: Json, notes: Notes) -> None:
        self._config = config
        self._notes = notes
        self._customers = Customers(config["seed"], "crm")
        self._chance = random.Random(f"{config['seed']} load")
        self._count = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._recent: list[Json] = []
        self.stopping = asyncio.Event()
        self._producer = AIOKafkaProducer(
            bootstrap_servers=config["kafka"], acks="all", max_batch_size=256 * 1024, request_timeout_ms=30_000
        )

    async def run(self) -> None:
        await self._producer.start()
        try:
            callers = Callers(self._config, self._notes.write, self.stopping)
            await asyncio.gather(
                self._issues(),
                self._every(2.5, self._spoil_issues),
                self._every(9.0, self._spoil_tickets),
                self._every(7.0, self._detect),
                callers.run(),
            )
            await asyncio.gather(*self._tasks)
        finally:
            await self._producer.stop()
        self._notes.write("done")

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._tasks.discard(done) if done.exception() is None else None)

    async def _every(self, seconds: float, act: Any) -> None:
        while not await self._waited(seconds * self._chance.uniform(0.7, 1.3)):
            act()

    async def _waited(self, seconds: float) -> bool:
        """Wait, or until the load is to end; says whether it is."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _issues(self) -> None:
        """The open loop: the n-th is due at its time, and late ones are made up for at once."""
        start = time.monotonic()
        for number in itertools.count():
            due = start + number / self._config["rate"]
            if due > time.monotonic() and await self._waited(due - time.monotonic()):
                return
            if self.stopping.is_set():
                return
            self._report()

    def _report(self) -> None:
        issue = self._customers.issue()
        self._recent = [*self._recent[-200:], issue]
        chance = self._chance
        id = f"crm-{next(self._count)}"
        first = self._written(issue, id, chance.choices(("binary", "plain", "structured"), (93, 4, 3))[0])
        self._spawn(self._send("issue", id, *first))
        if chance.random() < 0.05:
            self._spawn(self._send("duplicate", id, *first, after=chance.uniform(0.1, 8)))
        if chance.random() < 0.03:
            other = self._customers.amended(issue)
            after = chance.uniform(1, 5)
            self._spawn(self._send("amended", f"{id}/2", *self._written(other, f"{id}/2", "binary"), after=after))
            # The first report again, behind the one that amends it: handled twice, it would take the amendment back.
            self._spawn(self._send("duplicate", id, *first, after=after + chance.uniform(1, 4)))

    def _written(self, issue: Json, id: str, mode: str) -> tuple[str, bytes, bytes, Headers]:
        """A record of `issues`: topic, key, value, headers."""
        key = issue["reporter"]["account"].encode()
        attributes = {
            "specversion": "1.0",
            "id": id,
            "source": SOURCE,
            "type": "upheld.issuereported.v1",
            "time": datetime.now(UTC).isoformat(),
        }
        if mode == "plain":
            return "issues", key, json.dumps(issue).encode(), []
        if mode == "structured":
            return (
                "issues",
                key,
                json.dumps({**attributes, "data": issue}).encode(),
                [("content-type", b"application/cloudevents+json")],
            )
        headers = [(f"ce_{name}", text.encode()) for name, text in attributes.items()]
        return "issues", key, json.dumps(issue).encode(), [*headers, ("content-type", b"application/json")]

    async def _send(
        self, kind: str, id: str, topic: str, key: bytes, value: bytes | None, headers: Headers, *, after: float = 0
    ) -> None:
        """Until it is acknowledged: an answer that never came may mean that the log has it twice."""
        await asyncio.sleep(after)
        place = self._config["prefix"] + topic
        while True:
            try:
                done = await (await self._producer.send(place, value, key=key, headers=headers))
            except KafkaError as error:
                self._notes.write("unsure", kind=kind, id=id, error=type(error).__name__)
                await asyncio.sleep(0.2)
            else:
                self._notes.write("sent", kind=kind, id=id, topic=topic, partition=done.partition, offset=done.offset)
                return

    def _spoil_issues(self) -> None:
        """What intake must refuse, each in its own way."""
        issue = self._customers.issue()
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        id = f"poison-{next(self._count)}"
        ways: list[tuple[Any, str]] = [
            (b"{not json", "binary"),
            (None, "binary"),
            (b"\xff\xfe", "plain"),
            (b"[1, 2]", "plain"),
            ({**issue, "description": "a\x00b"}, "binary"),
            ({**issue, "services": ["no such service"]}, "binary"),
            ({**issue, "began_at": tomorrow}, "binary"),
            ({**issue, "description": ""}, "plain"),
            ({**issue, "examples": ["x"] * 51}, "binary"),
            ({**issue, "ongoing": "yes"}, "structured"),
        ]
        content, mode = self._chance.choice(ways)
        topic, key, value, headers = self._written(content if isinstance(content, dict) else issue, id, mode)
        if not isinstance(content, dict):
            value = content
        self._spawn(self._send("poison", id, topic, key, value, [*headers, ("poison", b"issues")]))

    def _spoil_tickets(self) -> None:
        """A record that nobody can read, on a key of its own or on that of a ticket, whose events park behind it."""
        key = str(UUID(int=self._chance.getrandbits(128), version=4))
        if self._recent and self._chance.random() < 0.6:
            issue = self._chance.choice(self._recent)
            key = ticket_of(issue, SOURCE)
        value, headers = self._chance.choice(
            (
                (b"nonsense", [("ce_type", b"upheld.statuschanged.v1")]),
                (None, [("ce_type", b"upheld.ticketreplied.v1")]),
                (b"{}", []),
                (b"{}", [("ce_type", b"upheld.priorityassigned.v2")]),
            )
        )
        headers = [*headers, ("poison", b"tickets")]
        self._spawn(self._send("poison", f"poison-{next(self._count)}", "tickets", key.encode(), value, headers))

    def _detect(self) -> None:
        """An incident that a monitor sees begin and end; then its beginning once more."""
        number = next(self._count)
        now = datetime.now(UTC)
        began = {
            "source": "probe",
            "dedup_key": f"d-{number % 3}",
            "action": "trigger",
            "components": ["Lookup API"],
            "status": "major_outage",
            "observed_at": now.isoformat(),
            "title": f"Lookups fail ({number})",
        }
        ended = {
            **began,
            "action": "resolve",
            "status": "operational",
            "observed_at": (now + timedelta(seconds=4)).isoformat(),
        }
        for event, id, after in (
            (began, f"{number}/begin", 0.0),
            (ended, f"{number}/end", 4.0),
            (began, f"{number}/begin", 6.0),
        ):
            headers = [
                ("ce_specversion", b"1.0"),
                ("ce_id", id.encode()),
                ("ce_source", b"probe"),
                ("ce_type", b"upheld.detectionreported.v1"),
                ("ce_time", now.isoformat().encode()),
                ("content-type", b"application/json"),
            ]
            self._spawn(
                self._send("detection", id, "detections", b"probe", json.dumps(event).encode(), headers, after=after)
            )


async def _run(config: Json, notes: Notes) -> None:
    load = Load(config, notes)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, load.stopping.set)
    await load.run()


def main(path: Path) -> None:
    config = json.loads(path.read_text())
    with Path(config["notes"]).open("a") as file:
        asyncio.run(_run(config, Notes(file)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
