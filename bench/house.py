"""An installation that is measured: a database and topics of its own, each service a process as in production.

A service that dies ends the bench: it is not started again, since what is measured then would be something else.
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx2
from aiokafka import TopicPartition
from pydantic import SecretStr

from shared.consumer.topics import create_topics, delete_topics
from shared.events import Event
from shared.migrate import migrate
from shared.outbox import Outgoing
from shared.outbox.publish import publish
from shared.settings import SERVICES, Settings, schema_of
from upheld.stack import Process, Stack, free_port

ROOT = Path(__file__).parents[1]
READY_WITHIN = 60.0
_GAUGE = re.compile(r"^(upheld_\w+)\{[^}]*\} (\S+)$", re.MULTILINE)


class BenchError(Exception):
    """A measurement that cannot be made, and why."""


@dataclass
class House:
    """An installation. `environment` is what its services are given beside the addresses."""

    stack: Stack
    settings: Settings
    folder: Path
    owner: asyncpg.Connection[asyncpg.Record]
    """A connection of the database's owner, to look at any schema."""
    environment: dict[str, str] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    empty: bool = False
    """Only a database, for something that is not Upheld."""
    lasts: dict[TopicPartition, int] = field(default_factory=dict)
    """Of each partition that a gate has filled: the last record's offset; behind it lies a transaction's marker."""

    @property
    def database_url(self) -> str:
        return self.settings.database_url.get_secret_value()

    async def publish(self, events: Sequence[Event]) -> None:
        """Reference data; services that start later read it first."""
        now = datetime.now(UTC)
        out = [Outgoing(event, secrets.token_hex(8), now) for event in events]
        await publish(self.settings, "upheld", out)

    async def start(self, *services: str) -> None:
        """Start these services, and wait until each is ready and has read what there is."""
        for service in services:
            self.launch(service)
        await asyncio.gather(*(self.ready(service) for service in services))

    def launch(self, service: str) -> None:
        """Start a service's process."""
        port = urlsplit(self.settings.url_of(service)).port
        command = [str(Path(sys.executable).with_name("upheld")), "run", service, "--port", str(port)]
        self.run(service, command, self.environment)

    def run(self, name: str, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Process:
        """Start any process of this installation; it ends with it. What it prints goes to a file."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("UPHELD_")}
        with self.log(name).open("ab") as output:
            process = Process(
                command,
                output=output,
                folder=ROOT,
                environment={
                    **kept,
                    "PYTHONPATH": str(ROOT),
                    "UPHELD_KAFKA_BOOTSTRAP_SERVERS": self.settings.kafka_bootstrap_servers,
                    "UPHELD_DATABASE_URL": self.database_url,
                    "UPHELD_TOPIC_PREFIX": self.settings.topic_prefix,
                    "UPHELD_PARTITIONS": str(self.settings.partitions),
                    "UPHELD_SUPPORT_PHONE": "+1 555 0100",
                    "UPHELD_WEBHOOK_ALLOW_PRIVATE": "true",  # the receivers are on this machine
                    **(environment or {}),
                },
                grace=20,
            )
        self.processes[name] = process
        return process

    async def finish(self, name: str, command: Sequence[str | Path], environment: Mapping[str, str]) -> str:
        """Run a command to its end; returns what it printed. Raises BenchError when it fails."""
        self.log(name).unlink(missing_ok=True)
        status = await asyncio.to_thread(self.run(name, command, environment).wait)
        del self.processes[name]
        if status:
            raise BenchError(f"{name} failed with status {status}:\n{self.last_words(name)}")
        return self.log(name).read_text()

    def log(self, name: str) -> Path:
        """Where a process's lines go."""
        return self.folder / f"{name}.log"

    def check(self) -> None:
        """Raises BenchError when a process has ended."""
        for name, process in self.processes.items():
            if process.returncode is not None:
                raise BenchError(f"{name} ended with status {process.returncode}:\n{self.last_words(name)}")

    def last_words(self, name: str) -> str:
        with self.log(name).open(errors="replace") as file:
            return "".join(file.readlines()[-15:])

    async def ready(self, service: str, *, read: bool = True) -> None:
        """Wait until a service says that it lacks nothing, and (`read`) has handled what there is."""
        deadline = time.monotonic() + READY_WITHIN
        async with httpx2.AsyncClient(trust_env=False, timeout=5) as http:
            while True:
                self.check()
                try:
                    answer = await http.get(f"{self.settings.url_of(service)}/readyz")
                    if answer.status_code == 200 and not (read and await self._unread(service)):
                        return
                except httpx2.TransportError:
                    pass
                if time.monotonic() > deadline:
                    raise BenchError(f"{service} is not ready:\n{self.last_words(service)}")
                await asyncio.sleep(0.02)

    async def _unread(self, service: str) -> bool:
        return (await self.gauges(service)).get("upheld_lag") != 0

    async def gauges(self, service: str) -> dict[str, float]:
        """A service's metrics, each summed over its labels."""
        async with httpx2.AsyncClient(trust_env=False, timeout=5) as http:
            text = (await http.get(f"{self.settings.url_of(service)}/metrics")).text
        sums: dict[str, float] = defaultdict(float)
        for name, value in _GAUGE.findall(text):
            sums[name] += float(value)
        return sums

    async def stop(self, *names: str) -> None:
        """SIGTERM to these processes (default all), and wait for them."""
        chosen = [self.processes.pop(name) for name in names or list(self.processes)]
        for process in chosen:
            process.begin_stop()
        for process in chosen:
            await asyncio.to_thread(process.stop)

    async def count(self, service: str, what: str) -> int:
        """`SELECT count(*) FROM what`, in a service's schema."""
        return int(await self.owner.fetchval(f"SELECT count(*) FROM {schema_of(service)}.{what}"))


@asynccontextmanager
async def house_on(stack: Stack, *, partitions: int = 12, empty: bool = False) -> AsyncIterator[House]:
    """A fresh installation on this stack; at the end its processes, its database and its topics are gone."""
    name = f"bench_{secrets.token_hex(4)}"
    await _execute(stack.database_url, f"CREATE DATABASE {name}")
    url = urlunsplit(urlsplit(stack.database_url)._replace(path=f"/{name}"))
    settings = Settings(
        kafka_bootstrap_servers=stack.kafka,
        database_url=SecretStr(url),
        topic_prefix=f"{name}.",
        partitions=partitions,
        support_phone="+1 555 0100",
    ).model_copy(update={f"{schema_of(service)}_url": f"http://127.0.0.1:{free_port()}" for service in SERVICES})
    with tempfile.TemporaryDirectory(prefix="upheld-bench-") as folder:
        if not empty:
            await asyncio.gather(migrate(settings), create_topics(settings))
        owner = await asyncpg.connect(url)
        house = House(stack, settings, Path(folder), owner, empty=empty)
        try:
            yield house
        finally:
            await asyncio.shield(_end(house, name))


async def _end(house: House, name: str) -> None:
    await house.stop()
    await house.owner.close()
    await _execute(house.stack.database_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    if not house.empty:
        await delete_topics(house.settings)


async def _execute(database_url: str, statement: str) -> None:
    owner = await asyncpg.connect(database_url)
    try:
        await owner.execute(statement)
    finally:
        await owner.close()
