"""Gunicorn for both, with as many workers as there are cores, which with two cores was best for each of them."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

from bench.house import BenchError, House
from upheld.stack import free_port

WITHIN = 30.0


async def gunicorn(
    house: House, name: str, python: Path, application: str, environment: dict[str, str], *options: str
) -> int:
    """Run it as a process of this installation; returns its port once it listens."""
    port = free_port()
    workers = len(os.sched_getaffinity(0))
    # Loaded once, before the workers are: each of Alerta's would run its schema again, under the others' requests.
    settings = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--preload", *options]
    command: list[str | Path] = [python, "-m", "gunicorn", *settings, application]
    house.run(name, command, environment)
    deadline = asyncio.get_running_loop().time() + WITHIN
    while True:
        house.check()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return port
        except OSError:
            if asyncio.get_running_loop().time() > deadline:
                raise BenchError(f"{name} does not start:\n{house.last_words(name)}") from None
            await asyncio.sleep(0.1)
