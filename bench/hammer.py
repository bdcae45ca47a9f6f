"""A closed loop over HTTP: so many connections, each sends the next request when it has its answer.

A process of its own (`python -m bench.hammer CONFIG`) and as cheap as Python allows, since it shares two cores with
what it measures: requests are bytes in which only an id changes, answers are read as far as their length. A connection
that the server closes after an answer is opened again, which is part of the request that follows.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, cast

from bench.figures import percentile
from bench.house import BenchError, House

ID = b"0123456789abcdef0123456789abcdef"
"""Stands in a request for the id that is another one each time, and is as long."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where requests go; ID may stand in the headers and in the body. `fine` is the status that counts."""

    port: int
    path: str
    headers: dict[str, str]
    body: str
    fine: int = 201


@dataclass(frozen=True, slots=True)
class Hammered:
    """What came of it: answers per second, and milliseconds of each."""

    per_s: float
    count: int
    p50: float
    p99: float


async def hammer(house: House, target: Target, seconds: float, connections: int = 32) -> Hammered:
    """Run it for so long. Raises BenchError when an answer is not fine."""
    config = house.folder / "hammer.json"
    config.write_text(json.dumps({"target": asdict(target), "seconds": seconds, "connections": connections}))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.hammer",
        str(config),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        raise BenchError(f"the load on {target.path} ended with status {process.returncode}:\n{err.decode()[-2000:]}")
    house.check()
    return Hammered(**json.loads(out))


@dataclass
class _Load:
    target: Target
    request: tuple[bytes, ...]
    until: float
    took: list[float] = field(default_factory=list)
    other: Counter[str] = field(default_factory=Counter)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(int.from_bytes(os.urandom(8)) << 64))
    last: float = 0.0

    def next(self) -> bytes:
        return (b"%032x" % next(self.numbers)).join(self.request)


class _Connection(asyncio.Protocol):
    """One request after the other, until the time is over."""

    def __init__(self, load: _Load, done: asyncio.Future[None], began: float | None = None) -> None:
        self._load = load
        self._done = done
        self._began = began
        self._buffer = b""
        self._closing = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def _send(self) -> None:
        now = time.perf_counter()
        if now >= self._load.until:
            self._finish()
            return
        self._began = self._began or now
        self._transport.write(self._load.next())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        lower = head.lower()
        at = lower.find(b"content-length:")
        if at < 0:
            self._fail("an answer without content-length")
            return
        if len(rest) < int(lower[at + 15 :].split(b"\r\n", 1)[0]):
            return
        now = time.perf_counter()
        if int(head[9:12]) == self._load.target.fine:
            self._load.took.append(now - (self._began or now))
            self._load.last = now
        else:
            self._load.other[f"{head[9:12].decode()} {rest[:200].decode(errors='replace')}"] += 1
        self._buffer, self._began = b"", None
        if b"connection: close" in lower:
            self._closing = True
            self._transport.close()
        else:
            self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if self._done.done():
            return
        if self._closing:
            task = asyncio.ensure_future(_connect(self._load, self._done))
            task.add_done_callback(self._reopened)
        else:
            self._fail(f"the connection was lost: {error}")

    def _reopened(self, task: asyncio.Future[None]) -> None:
        if (error := task.exception()) is not None:
            self._fail(str(error))

    def _fail(self, why: str) -> None:
        self._load.other[why] += 1
        self._finish()

    def _finish(self) -> None:
        self._transport.close()
        if not self._done.done():
            self._done.set_result(None)


async def _connect(load: _Load, done: asyncio.Future[None]) -> None:
    began = time.perf_counter()
    if began >= load.until:
        if not done.done():
            done.set_result(None)
        return
    loop = asyncio.get_running_loop()
    await loop.create_connection(lambda: _Connection(load, done, began), "127.0.0.1", load.target.port)


async def _run(config: dict[str, Any]) -> _Load:
    target = Target(**config["target"])
    body = target.body.encode()
    lines = [f"POST {target.path} HTTP/1.1", f"Host: 127.0.0.1:{target.port}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in target.headers.items()]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
    load = _Load(target, tuple(request.split(ID)), time.perf_counter() + config["seconds"])
    dones = [asyncio.get_running_loop().create_future() for _ in range(config["connections"])]
    for done in dones:
        await _connect(load, done)
    await asyncio.gather(*dones)
    return load


def main(path: Path) -> None:
    config = json.loads(path.read_text())
    began = time.perf_counter()
    load = asyncio.run(_run(config))
    if load.other or not load.took:
        sys.exit(f"{len(load.took)} answers were fine, and these were not: {load.other.most_common(5)}")
    milliseconds = [seconds * 1000 for seconds in load.took]
    count = len(load.took)
    done = Hammered(count / (load.last - began), count, percentile(milliseconds, 0.5), percentile(milliseconds, 0.99))
    print(json.dumps(asdict(done)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
