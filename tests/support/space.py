"""An installation of a test's own: its database, its topics, its services, on the stack that all tests share."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import importlib
import json
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx2
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from pydantic import SecretStr

from shared.consumer.topics import create_topics, partitions_of
from shared.events import AccessChanged, AccountChanged, Agreement, Contact, Event, PolicyPublished, Role, Term
from shared.kafka import connection
from shared.migrate import migrate
from shared.outbox import Outgoing
from shared.outbox.publish import publish
from shared.policy import parse_policy
from shared.service import App
from shared.settings import SERVICES, Settings, schema_of
from shared.tracing import Tracing
from tests.support.truth import hold
from tests.support.waiting import until

POLICIES = Path(__file__).parents[2] / "deploy" / "policies"
CALLS = {
    "reporter": {"name": "Ann"},
    "services": ["voice"],
    "description": "No calls go through.",
    "environment": "production",
    "impact": "outage",
    "workaround": "none",
}
"""The body of an issue that is an outage, P1, as a customer reports it over HTTP."""
TEMPLATE = "upheld_template"


@dataclass
class Message:
    """A record of a topic, with its headers as text and its value as JSON where it is."""

    topic: str
    partition: int
    offset: int
    key: str | None
    headers: dict[str, str]
    value: bytes | None
    timestamp: int = 0

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.value or b"null"))


@dataclass
class Space:
    """Start services, publish, read topics and tables."""

    settings: Settings
    apps: dict[str, list[tuple[App, asyncio.Task[None]]]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    traces: Callable[[str], Tracing] | None = None  # of a service

    async def start(self, *names: str, **overrides: Any) -> list[App]:
        """Run these services in this process, and wait until each has its partitions."""
        started = []
        for name in names:
            module = importlib.import_module(f"services.{schema_of(name)}.app")
            settings = self.settings.model_copy(update={"port": 0, **overrides})
            app = App(module.service, settings, self.traces(name) if self.traces else None)
            self.apps.setdefault(name, []).append((app, asyncio.create_task(app.run(), name=f"{name} of the test")))
            started.append(app)
        for app in started:
            await until(f"{app.name} has its partitions", lambda app=app: self._assigned(app), within=30)
        return started

    async def _assigned(self, app: App) -> bool:
        task = next(task for other, task in self.apps[app.name] if other is app)
        if task.done():
            task.result()
            raise AssertionError(f"{app.name} ended")
        return all(reader.lacks != "no partitions are assigned yet" for reader in app._readers)

    async def stop(self, name: str | None = None) -> None:
        """Stop this service, or all, gracefully; raises what a service died of."""
        for key in [name] if name else list(self.apps):
            for app, task in self.apps.pop(key, []):
                app.stop()
                await asyncio.wait_for(task, 40)

    def app(self, name: str) -> App:
        return self.apps[name][0][0]

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.app(name).web.port}"

    @contextlib.asynccontextmanager
    async def http(self, name: str, key: str | None = None) -> AsyncIterator[httpx2.AsyncClient]:
        """A client of a service, whose answers must be as its contract says; `key` is what `key()` gave."""
        headers = {"authorization": f"Bearer {key}"} if key else {}
        hooks = {"response": [partial(hold, name)]}
        async with httpx2.AsyncClient(
            base_url=self.url(name), headers=headers, trust_env=False, timeout=30, event_hooks=hooks
        ) as client:
            yield client

    async def publish(self, *events: Event, source: str = "test", time: datetime | None = None) -> None:
        """Publish as the command does: CloudEvents in binary mode."""
        at = time or datetime.now(UTC)
        await publish(self.settings, source, [Outgoing(event, secrets.token_hex(8), at) for event in events])

    async def put_raw(
        self,
        topic: str,
        value: bytes | None,
        *,
        key: bytes | None = None,
        partition: int | None = None,
        headers: Sequence[tuple[str, bytes]] = (),
    ) -> tuple[int, int]:
        """Any bytes on a topic; returns partition and offset."""
        producer = AIOKafkaProducer(**connection(self.settings), max_request_size=2 * 1024 * 1024)
        await producer.start()
        try:
            done = await producer.send_and_wait(
                self.settings.topic_prefix + topic, value, key=key, partition=partition, headers=list(headers)
            )
            return done.partition, done.offset
        finally:
            await producer.stop()

    async def read(self, topic: str) -> list[Message]:
        """All that is on a topic now, each partition in order."""
        consumer = AIOKafkaConsumer(**connection(self.settings), enable_auto_commit=False, auto_offset_reset="earliest")
        await consumer.start()
        try:
            name = self.settings.topic_prefix + topic
            places = [TopicPartition(name, number) for number in range(partitions_of(self.settings, topic))]
            consumer.assign(places)
            ends = await consumer.end_offsets(places)
            messages: list[Message] = []
            while [place for place, end in ends.items() if await consumer.position(place) < end]:
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    messages += [
                        Message(
                            topic,
                            r.partition,
                            r.offset,
                            r.key and r.key.decode("utf-8", "replace"),
                            {k: v.decode("utf-8", "replace") for k, v in r.headers},
                            r.value,
                            r.timestamp,
                        )
                        for r in records
                    ]
            return messages
        finally:
            await consumer.stop()

    @contextlib.asynccontextmanager
    async def sql(self, name: str) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
        """A connection as the service's own role."""
        conn = await asyncpg.connect(self.settings.dsn(name), server_settings={"search_path": schema_of(name)})
        try:
            yield conn
        finally:
            await conn.close()

    async def fetch(self, name: str, query: str, *args: Any) -> list[asyncpg.Record]:
        async with self.sql(name) as conn:
            return list(await conn.fetch(query, *args))

    async def value(self, name: str, query: str, *args: Any) -> Any:
        async with self.sql(name) as conn:
            return await conn.fetchval(query, *args)

    async def key(
        self, role: Role, *, account: str | None = None, source: str | None = None, name: str | None = None
    ) -> str:
        """A new API key, published; usable once the services have read it."""
        key_id, secret = secrets.token_hex(6), secrets.token_hex(16)
        await self.publish(
            AccessChanged(
                key_id=key_id,
                secret_sha256=hashlib.sha256(secret.encode()).hexdigest(),
                role=role,
                name=name or f"the {role}",
                account=account,
                source=source,
            )
        )
        for apps in self.apps.values():
            for app, _ in apps:
                if AccessChanged in app.service.keeps:
                    await until(
                        f"{app.name} knows the key",
                        lambda app=app: app.db.pool.fetchval("SELECT true FROM access WHERE id = $1", key_id),
                    )
        return f"uph_{key_id}_{secret}"

    async def policy(self, text: str | None = None, *, name: str = "plivo") -> str:
        """Publish a policy file (default: one that ships); returns its SHA-256. Waits until all services know it."""
        text = text if text is not None else (POLICIES / f"{name}.yaml").read_text()
        policy = parse_policy(text)
        await self.publish(
            PolicyPublished(
                sha256=policy.sha256,
                id=policy.policy,
                version=policy.version,
                effective=policy.effective,
                published_at=datetime.now(UTC),
                text=text,
            )
        )
        await self._known("policies", policy.sha256, PolicyPublished)
        return policy.sha256

    async def account(
        self,
        id: str,
        *,
        plan: str = "basic",
        email: str | None = None,
        services: Sequence[str] = (),
        contacts: Sequence[Contact] = (),
        term: Term | None = None,
        agreed: Sequence[Agreement] = (),
        wait: bool = True,
    ) -> AccountChanged:
        """Publish an account; a contact by e-mail where an address is given."""
        everyone = tuple(contacts)
        if email:
            everyone += (Contact(name="Contact", channel="email", address=email),)
        account = AccountChanged(
            id=id,
            name=f"Account {id}",
            plan=plan,
            services=tuple(services),
            contacts=everyone,
            term=term or Term(start=datetime.now(UTC) - timedelta(days=100), end=None),
            agreed=tuple(agreed),
        )
        await self.publish(account)
        if wait:
            await self._known("accounts", id, AccountChanged)
        return account

    async def _known(self, table: str, id: str, kind: type[Event]) -> None:
        for apps in self.apps.values():
            for app, task in apps:
                if task.done():
                    task.result()
                if kind in app.service.keeps:
                    await until(
                        f"{app.name} knows {id}",
                        lambda app=app: app.db.pool.fetchval(f"SELECT true FROM {table} WHERE id = $1", id),
                    )


def address(url: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


async def prepare_template(database_url: str) -> None:
    """A migrated database that the tests' own are copied from."""
    owner = await asyncpg.connect(database_url)
    try:
        await owner.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
        await owner.execute(f"CREATE DATABASE {TEMPLATE}")
    finally:
        await owner.close()
    await migrate(Settings(database_url=SecretStr(address(database_url, TEMPLATE))))


async def make_space(kafka: str, database_url: str, **overrides: Any) -> Space:
    """A fresh database and fresh topics."""
    name = f"t{secrets.token_hex(4)}"
    owner = await asyncpg.connect(database_url)
    try:
        await owner.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        # Rights on a database are not copied with it.
        roles = ", ".join(f"upheld_{schema_of(service)}" for service in SERVICES)
        await owner.execute(f"GRANT CONNECT ON DATABASE {name} TO {roles}")
    finally:
        await owner.close()
    settings = Settings(
        kafka_bootstrap_servers=kafka,
        database_url=SecretStr(address(database_url, name)),
        topic_prefix=f"{name}.",
        **{"partitions": 3, "support_phone": "+1 555 0100", "log_format": "console", **overrides},
    )
    await create_topics(settings)
    return Space(settings)
