"""The installation under test: two replicas of each service as supervised processes, the receivers, the load."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import httpx2
from pydantic import SecretStr

from shared.consumer.topics import create_topics
from shared.events import Event
from shared.migrate import migrate
from shared.outbox import Outgoing
from shared.outbox.publish import publish
from shared.settings import SERVICES, Settings
from tests.crash import world
from tests.support.space import address
from tests.support.waiting import until
from upheld.stack import Process, Stack, free_port
from upheld.supervisor import Child, Supervisor

ROOT = Path(__file__).parents[2]
REPLICAS = 2


@dataclass
class Cluster:
    """Where everything is. `hook` is the base address of webhooks."""

    stack: Stack
    folder: Path
    settings: Settings
    ports: dict[str, int]
    mail_port: int
    hook_port: int
    mutant: str | None = None
    supervisor: Supervisor = field(init=False)

    @property
    def hook(self) -> str:
        return f"http://127.0.0.1:{self.hook_port}"

    def urls(self, service: str) -> list[str]:
        return [f"http://127.0.0.1:{port}" for name, port in self.ports.items() if name.rpartition(" ")[0] == service]

    @property
    def database_url(self) -> str:
        """The owner's."""
        return self.settings.database_url.get_secret_value()

    @property
    def receipts(self) -> Path:
        return self.folder / "receipts.jsonl"

    @property
    def load_notes(self) -> Path:
        return self.folder / "load.jsonl"

    def replica(self, service: str, number: int) -> str:
        return f"{service} {number}"

    async def publish(self, events: Sequence[Event], source: str = "upheld") -> None:
        now = datetime.now(UTC)
        await publish(
            self.settings,
            source,
            [Outgoing(event, f"{event.NAME}/{event.key()}/{now.isoformat()}", now) for event in events],
        )

    async def prepare(self) -> None:
        """Schemas, topics, and the reference data that is known from the beginning."""
        await migrate(self.settings)
        await create_topics(self.settings)
        accounts = [world.account(sort, self.hook) for sort in world.SORTS if sort.published]
        await self.publish([world.policy(), *(changed for changed, _ in world.keys().values()), *accounts])

    @contextmanager
    def running(self) -> Iterator[Supervisor]:
        """All services and the receivers; whatever dies is started again."""
        with self._receivers(), (self.folder / "services.log").open("a") as log:
            children = [
                Child(name, self._command(name.rpartition(" ")[0]), self._environment(port))
                for name, port in self.ports.items()
            ]
            self.supervisor = Supervisor(
                children, on_line=lambda name, line: print(f"{name:<18}| {line}", file=log, flush=True)
            )
            with self.supervisor:
                yield self.supervisor

    @contextmanager
    def _receivers(self) -> Iterator[None]:
        with (self.folder / "receivers.log").open("ab") as output:
            process = Process(
                [
                    sys.executable,
                    "-m",
                    "upheld.receivers",
                    "--mail-port",
                    str(self.mail_port),
                    "--webhook-port",
                    str(self.hook_port),
                    "--notes",
                    self.receipts,
                ],
                folder=ROOT,
                output=output,
            )
        try:
            yield
        finally:
            process.stop()

    @contextmanager
    def load(self, seed: int, rate: float, http_rate: float) -> Iterator[Process]:
        """The load generator, until `end_load`."""
        config = self.folder / "load.json"
        config.write_text(
            json.dumps(
                {
                    "seed": seed,
                    "prefix": self.settings.topic_prefix,
                    "rate": rate,
                    "http_rate": http_rate,
                    "kafka": self.settings.kafka_bootstrap_servers,
                    "notes": str(self.load_notes),
                    "urls": {name: self.urls(name) for name in SERVICES},
                }
            )
        )
        with (self.folder / "load.log").open("ab") as output:
            process = Process([sys.executable, "-m", "tests.crash.load", config], folder=ROOT, output=output, grace=5)
        try:
            yield process
        finally:
            process.stop()

    async def end_load(self, process: Process, within: float) -> None:
        """No more is begun; what was begun is seen through."""
        if process.returncode is None:
            os.kill(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):  # the notes then lack their last line, which is a finding
            await asyncio.to_thread(process.wait, within)

    def _command(self, service: str) -> list[str]:
        if self.mutant is not None:
            return [sys.executable, "-m", "tests.crash.mutants", service, self.mutant]
        return [str(Path(sys.executable).with_name("upheld")), "run", service]

    def _environment(self, port: int) -> dict[str, str]:
        return {
            "UPHELD_KAFKA_BOOTSTRAP_SERVERS": self.settings.kafka_bootstrap_servers,
            "UPHELD_DATABASE_URL": self.database_url,
            "UPHELD_TOPIC_PREFIX": self.settings.topic_prefix,
            "UPHELD_PORT": str(port),
            "UPHELD_PARTITIONS": str(self.settings.partitions),
            "UPHELD_SMTP_HOST": "127.0.0.1",
            "UPHELD_SMTP_PORT": str(self.mail_port),
            "UPHELD_WEBHOOK_ALLOW_PRIVATE": "true",
            "UPHELD_SUPPORT_PHONE": "+1 555 0100",
            "UPHELD_DELIVERY_LEASE": "10",
            "UPHELD_DELIVERY_TIMEOUT": "4",
            "UPHELD_LOG_LEVEL": "info",
            "PYTHONPATH": str(ROOT),
        }

    async def all_ready(self, within: float = 90) -> None:
        """Every replica says that it lacks nothing, and none had to be started twice."""
        async with httpx2.AsyncClient(timeout=5, trust_env=False) as client:

            async def ready(port: int) -> bool:
                try:
                    return (await client.get(f"http://127.0.0.1:{port}/readyz")).is_success
                except httpx2.TransportError:
                    return False

            for name, port in self.ports.items():
                await until(f"{name} is ready", lambda port=port: ready(port), within=within)  # type: ignore[misc]
        assert not self.supervisor.restarts, f"did not start at once: {self.supervisor.restarts}"


async def cluster_on(stack: Stack, folder: Path, *, partitions: int = 6, mutant: str | None = None) -> Cluster:
    """An installation with a database and topics of its own."""
    name = f"crash_{secrets.token_hex(4)}"
    owner = await asyncpg.connect(stack.database_url)
    try:
        await owner.execute(f"CREATE DATABASE {name}")
    finally:
        await owner.close()
    settings = Settings(
        kafka_bootstrap_servers=stack.kafka,
        database_url=SecretStr(address(stack.database_url, name)),
        topic_prefix=f"{name}.",
        partitions=partitions,
        support_phone="+1 555 0100",
    )
    names = [f"{service} {number}" for service in SERVICES for number in range(1, REPLICAS + 1)]
    ports: set[int] = set()
    while len(ports) < len(names) + 2:
        ports.add(free_port())
    mail, hook, *others = ports
    return Cluster(stack, folder, settings, dict(zip(names, others, strict=True)), mail, hook, mutant)
