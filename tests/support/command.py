"""The real command as a subprocess, against an installation of a test's own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shared.settings import Settings

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    """How a run of the command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """A document on each line of stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Command:
    """`upheld` in an environment that leads to an installation; nothing else of the caller's settings reaches it."""

    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, urls: Mapping[str, str] | None = None) -> Command:
        found = {
            "UPHELD_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
            "UPHELD_DATABASE_URL": settings.database_url.get_secret_value(),
            "UPHELD_TOPIC_PREFIX": settings.topic_prefix,
            "UPHELD_PARTITIONS": str(settings.partitions),
        }
        for service, url in (urls or {}).items():
            found[f"UPHELD_{service.replace('-', '_').upper()}_URL"] = url
        return cls(found)

    def having(self, **environment: str) -> Command:
        """The same with more in its environment."""
        return Command(self.environment | environment)

    async def __call__(self, *arguments: str, key: str | None = None, stdin: str | None = None) -> Done:
        """Run it to its end."""
        process = await self._start(*arguments, key=key)
        out, err = await asyncio.wait_for(process.communicate(stdin.encode() if stdin is not None else None), 90)
        assert process.returncode is not None
        return Done(process.returncode, out.decode(), err.decode())

    @contextlib.asynccontextmanager
    async def running(self, *arguments: str, key: str | None = None) -> AsyncIterator[Process]:
        """A run that goes on; it is killed at the end of the block if it has not ended."""
        process = await self._start(*arguments, key=key)
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    async def _start(self, *arguments: str, key: str | None) -> Process:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
        environment |= self.environment | ({"UPHELD_API_KEY": key} if key is not None else {})
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "upheld", *arguments, cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )


async def interrupt(process: Process) -> int:
    """Ctrl-C; returns the exit status."""
    process.send_signal(signal.SIGINT)
    return await asyncio.wait_for(process.wait(), 60)


async def said(stream: asyncio.StreamReader | None, words: str, *, within: float = 60.0) -> str:
    """Read lines until one holds these words; returns that line."""
    assert stream is not None
    seen = ""
    async with asyncio.timeout(within):
        while line := (await stream.readline()).decode():
            seen += line
            if words in line:
                return line
    raise AssertionError(f"it ended without saying {words!r}: {seen}")
