"""One installation, started as the README says, and every page followed on it, all at once."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from aiokafka import AIOKafkaProducer
from pydantic import SecretStr

from shared.settings import SERVICES, Settings, schema_of
from tests.docs.pages import ROOT, File, Step, names, steps
from tests.docs.reader import Reader
from tests.docs.shell import Shell
from tests.support.node import node_environment
from tests.support.space import address
from tests.support.waiting import until
from upheld.cli.reference import published
from upheld.stack import Stack, free_port

COPIED = {"examples", "docs"}
"""What the pages' commands write into; all else of the checkout is linked."""


@dataclass
class Installation:
    """What `make up` brought, and what it said to paste into other terminals."""

    settings: Settings
    folder: Path
    base: dict[str, str]
    ports: dict[str, str]
    pasted: str = ""
    pages: dict[str, asyncio.Task[list[str]]] = field(default_factory=dict)
    shells: list[Shell] = field(default_factory=list)

    async def terminal(self, name: str, *, paste: bool = True, **environment: str) -> Shell:
        """A new one, in the project's folder, with the addresses and keys pasted."""
        shell = Shell(self.folder, self.base | environment, name)
        self.shells.append(shell)
        if paste:
            await shell.run(self.pasted)
        return shell

    async def known(self, command: str) -> None:
        """A reader is slower than Kafka: an account that was set has reached those who keep accounts."""
        if not command.startswith("upheld account set"):
            return
        id = command.split()[3]
        for service in ("triage", "status-monitor", "notifier"):
            conn = await asyncpg.connect(self.settings.dsn(service))
            try:
                await until(f"{service} knows {id}", lambda conn=conn, service=service: self._knows(conn, service, id))
            finally:
                await conn.close()

    async def _knows(self, conn: asyncpg.Connection[asyncpg.Record], service: str, id: str) -> bool:
        last = (await published(self.settings, "accounts"))[id].encode().decode()
        table = f"{schema_of(service)}.accounts"
        return bool(await conn.fetchval(f"SELECT data = $2::jsonb FROM {table} WHERE id = $1", id, last))


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def installation(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """Everything that the README starts; the pages are being followed when it is given."""
    name = f"docs{secrets.token_hex(4)}"
    folder = checkout(tmp_path_factory.mktemp("docs"))
    settings = await _place(stack, name)
    ports = {"2525": str(free_port()), "8300": str(free_port())}
    found = Installation(settings, folder, _environment(settings, folder), ports)
    first = await found.terminal("up", paste=False)
    todo = steps("README.md")
    before = todo.index(Step("make up"))
    try:
        reader = Reader(first, ports)
        assert await reader.follow(todo[:before]) == []
        up = await first.start("make up")
        assert await up.until("Ctrl-C stops everything."), up.text
        assert "is not ready" not in up.text, up.text
        found.pasted = "\n".join(line for line in up.text.splitlines() if line.startswith("  export "))
        await _rubbish(settings)
        for page in names():
            rest = todo[before + 1 :] if page == "README.md" else steps(page)
            found.pages[page] = asyncio.create_task(_follow(found, stack, page, rest), name=page)
        yield found
        assert reader.ended_early() == []
        assert await up.interrupt() == 130
        assert "Traceback" not in up.text
    finally:
        for task in found.pages.values():
            task.cancel()
        await asyncio.gather(*found.pages.values(), return_exceptions=True)
        await asyncio.gather(*(shell.close() for shell in found.shells))


def checkout(folder: Path) -> Path:
    """The project's folder after `make setup`, as a reader has it, to be written into."""
    for entry in ROOT.iterdir():
        if entry.name in COPIED:
            shutil.copytree(entry, folder / entry.name, ignore=shutil.ignore_patterns("node_modules"))
        elif entry.name not in (".git", ".venv"):
            (folder / entry.name).symlink_to(entry)
    (folder / ".venv").mkdir()
    for entry in Path(sys.prefix).iterdir():
        if entry.name != ".ready":
            (folder / ".venv" / entry.name).symlink_to(entry)
    (folder / ".venv" / ".ready").touch()  # newer than the lock: no `make` here sets up what the tests run in
    return folder


async def _place(stack: Stack, name: str) -> Settings:
    """An empty database, and topics of a name of their own."""
    owner = await asyncpg.connect(stack.database_url)
    try:
        await owner.execute(f"CREATE DATABASE {name}")
    finally:
        await owner.close()
    return Settings(
        kafka_bootstrap_servers=stack.kafka,
        database_url=SecretStr(address(stack.database_url, name)),
        topic_prefix=f"{name}.",
        partitions=2,
        **{f"{schema_of(service)}_url": f"http://127.0.0.1:{free_port()}" for service in SERVICES},
    )


def _environment(settings: Settings, folder: Path) -> dict[str, str]:
    """What leads to this place, and to the programs that a reader has."""
    programs = folder / ".programs"
    mine = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
    path = [str(programs), str(Path(sys.executable).parent), mine["PATH"]]
    return (
        mine
        | node_environment(programs)
        | variables(settings)
        | {"PATH": os.pathsep.join(path), "NO_PROXY": "127.0.0.1", "UPHELD_WEBHOOK_ALLOW_PRIVATE": "true"}
    )


def variables(settings: Settings) -> dict[str, str]:
    """The environment that says what these settings say of places."""
    urls = {f"UPHELD_{schema_of(service).upper()}_URL": settings.url_of(service) for service in SERVICES}
    return urls | {
        "UPHELD_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "UPHELD_DATABASE_URL": settings.database_url.get_secret_value(),
        "UPHELD_TOPIC_PREFIX": settings.topic_prefix,
        "UPHELD_PARTITIONS": str(settings.partitions),
        "UPHELD_PORT": "0",  # of a service that a page starts besides
    }


async def _follow(found: Installation, stack: Stack, page: str, todo: list[File | Step]) -> list[str]:
    name = page.replace("/", ".")
    if page == "docs/integrate.md":  # the two have an account in common, and who comes here has read the README
        await found.pages["README.md"]
    if page == "docs/run.md":  # from nothing, as it says: not where everything is there already
        own = await _place(stack, f"{found.settings.topic_prefix.rstrip('.')}_run")
        shell = await found.terminal(name, paste=False, **variables(own))
    else:
        shell = await found.terminal(name)
    return await Reader(shell, found.ports, found.known).follow(todo)


async def _rubbish(settings: Settings) -> None:
    """Someone put on `issues` what is no issue: so there is a dead letter to look at."""
    async with AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers) as producer:
        await producer.send_and_wait(f"{settings.topic_prefix}issues", b"Calls fail!")
    conn = await asyncpg.connect(settings.dsn("intake"))
    try:
        await until("a dead letter", lambda: conn.fetchval("SELECT count(*) FROM intake.dead_letter"))
    finally:
        await conn.close()
