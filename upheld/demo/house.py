"""The installation that the demo plays on: a database and topics of its own, the four services as child processes.

Where the servers are not the demo's own (they came from the environment), what it made there is removed at the end.
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import sys
import threading
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx2
from pydantic import SecretStr

import upheld
from shared.consumer.topics import delete_topics
from shared.settings import SERVICES, Settings, schema_of
from upheld.cli.installation import apply_migrations, make_topics
from upheld.client import Client
from upheld.demo.log import Overdue
from upheld.stack import Stack, free_port
from upheld.supervisor import Child, Supervisor

PARTITIONS = 3
READY_WITHIN = 120.0
_KEPT = ("UPHELD_KAFKA_BOOTSTRAP_SERVERS", "UPHELD_DATABASE_URL", "UPHELD_STACK", "UPHELD_CACHE")
_GAUGE = re.compile(r"^(upheld_\w+)\{[^}]*\} (\S+)$", re.MULTILINE)


def forget_settings() -> None:
    """The demo has settings of its own: what an installation here is configured with must not reach its services."""
    for name in [name for name in os.environ if name.startswith("UPHELD_") and name not in _KEPT]:
        del os.environ[name]


def policy_file(name: str = "demo.yaml") -> Path:
    """The demo's policy: it comes with the distribution, or lies in the checkout."""
    package = Path(upheld.__file__).parent
    places = (package / "policies" / name, package.parent / "deploy" / "policies" / name)
    return next((place for place in places if place.is_file()), places[-1])


@asynccontextmanager
async def prepared(stack: Stack) -> AsyncIterator[Settings]:
    """Settings of an installation that is migrated and has its topics, and where its services will listen."""
    ours = stack.took != "environment"
    name = "" if ours else f"upheld_demo_{secrets.token_hex(4)}"
    parts = urlsplit(stack.database_url)
    settings = Settings(
        kafka_bootstrap_servers=stack.kafka,
        partitions=PARTITIONS,
        topic_prefix=f"{name}." if name else "",
        database_url=SecretStr(stack.database_url if ours else urlunsplit(parts._replace(path=f"/{name}"))),
    ).model_copy(update={f"{schema_of(service)}_url": f"http://127.0.0.1:{free_port()}" for service in SERVICES})
    if not ours:
        await _execute(stack.database_url, f'CREATE DATABASE "{name}"')
    try:
        await asyncio.gather(apply_migrations(settings), make_topics(settings))
        yield settings
    finally:
        if not ours:
            await _execute(stack.database_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            await delete_topics(settings)


async def _execute(database_url: str, statement: str) -> None:
    owner = await asyncpg.connect(database_url, timeout=10)
    try:
        await owner.execute(statement)
    finally:
        await owner.close()


@dataclass
class House:
    """The four services, as they run."""

    settings: Settings
    supervisor: Supervisor
    lines: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=40)))

    @property
    def urls(self) -> dict[str, str]:
        return {service: self.settings.url_of(service) for service in SERVICES}

    def last_words(self) -> str:
        """The end of each service's log."""
        return "\n".join(f"{name:<15} {line}" for name, lines in self.lines.items() for line in list(lines)[-12:])

    async def ready(self, keys: Sequence[str]) -> None:
        """Wait until every service is ready, knows these keys and has read all that was published. Raises Overdue."""
        lacking: dict[str, str] = {}
        try:
            async with asyncio.timeout(READY_WITHIN):
                await asyncio.gather(*(self._ready(service, keys, lacking) for service in SERVICES))
        except TimeoutError:
            raise Overdue(
                f"after {READY_WITHIN:.0f} s not ready: "
                + "; ".join(f"{service} ({why})" for service, why in lacking.items())
                + f"\n{self.last_words()}"
            ) from None

    async def _ready(self, service: str, keys: Sequence[str], lacking: dict[str, str]) -> None:
        lacking[service] = "it has not started"
        async with Client(self.settings) as client:
            while missing := await client.missing(service) or await self._unread(service):
                lacking[service] = ", ".join(missing) if isinstance(missing, list) else lacking[service]
                if self.supervisor.restarts[service]:
                    raise Overdue(f"{service} does not start:\n{self.last_words()}")
                await asyncio.sleep(0.1)
        for key in keys:
            async with Client(self.settings, key) as client:
                while not await client.knows_key(service):
                    lacking[service] = "it does not know the keys"
                    await asyncio.sleep(0.05)
        del lacking[service]

    async def _unread(self, service: str) -> list[str]:
        """What is published and not handled yet."""
        numbers = await self.gauges(service)
        lag = numbers.get("upheld_lag")
        if lag is None:
            return ["it has not asked how far the topics go"]
        return [f"{lag:.0f} records wait"] if lag else []

    async def gauges(self, service: str) -> dict[str, float]:
        """A service's metrics, each summed over its labels; empty while it does not answer."""
        try:
            async with httpx2.AsyncClient(trust_env=False, timeout=5) as http:
                text = (await http.get(f"{self.settings.url_of(service)}/metrics")).text
        except httpx2.HTTPError:
            return {}
        sums: dict[str, float] = defaultdict(float)
        for name, value in _GAUGE.findall(text):
            sums[name] += float(value)
        return sums

    async def at_rest(self) -> bool:
        """Whether nothing waits anywhere: no record unread, no event in an outbox, no delivery that is owed."""
        for numbers in await asyncio.gather(*(self.gauges(service) for service in SERVICES)):
            if numbers.get("upheld_lag") != 0 or any(
                numbers.get(name, 0) for name in ("upheld_outbox_age_seconds", "upheld_deliveries_open")
            ):
                return False
        return True


@asynccontextmanager
async def running(settings: Settings, environment: dict[str, str]) -> AsyncIterator[House]:
    """The services, each a process that is started again when it dies."""
    said = {
        "UPHELD_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "UPHELD_DATABASE_URL": settings.database_url.get_secret_value(),
        "UPHELD_TOPIC_PREFIX": settings.topic_prefix,
        "UPHELD_PARTITIONS": str(settings.partitions),
        "UPHELD_LOG_FORMAT": "json",
        **environment,
    }
    children = []
    for service in SERVICES:
        port = urlsplit(settings.url_of(service)).port
        command = [sys.executable, "-m", "upheld", "run", service, "--port", str(port)]
        children.append(Child(service, command, said))
    lock = threading.Lock()

    def on_line(name: str, line: str) -> None:
        with lock:
            house.lines[name].append(line)

    supervisor = Supervisor(children, on_line=on_line)
    house = House(settings, supervisor)
    with supervisor:
        try:
            yield house
        finally:
            await asyncio.to_thread(supervisor.stop)  # meanwhile the receivers must go on answering
