"""Start-up time and resident memory of each service.

Measured: from the start of `upheld run NAME` until its `/readyz` answers 200, one service at a time; resident memory of
its process then, and after so many issues went through all four.
Beside: an `upheld --version`, which only has to load the command.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path

from bench.figures import Json, rounds
from bench.gate import Progress
from bench.house import house_on
from bench.measures.pipeline import Flow
from bench.measures.ratio import CLOSED
from bench.meter import resident
from bench.run import Bench
from bench.world import reference, reported
from shared.settings import SERVICES, schema_of


async def measure(bench: Bench) -> Json:
    """{startup_s, resident_mb, detail}"""
    detail: Json = {}
    async with house_on(bench.stack) as house, Progress(house.settings) as progress:
        await house.publish(reference(webhook=CLOSED))
        for service in SERVICES:
            bench.tell(f"startup: {service}")
            took = []
            for _ in range(bench.sizes.rounds):
                began = time.perf_counter()
                house.launch(service)
                await house.ready(service, read=False)
                took.append(time.perf_counter() - began)
                idle = resident(house.processes[service].pid)
                await house.stop(service)
            detail[schema_of(service)] = {"startup_s": rounds(took, 2), "idle_mb": round(idle, 1)}
        bench.tell(f"startup: {bench.sizes.drained} issues through all")
        await house.start(*SERVICES)
        await Flow(house, progress).once(reported(bench.sizes.drained))
        loaded = {schema_of(name): round(resident(house.processes[name].pid), 1) for name in SERVICES}
    return {
        "startup_s": {name: one["startup_s"]["median"] for name, one in detail.items()},
        "resident_mb": loaded,
        "detail": {**detail, "command_s": rounds([await _command() for _ in range(bench.sizes.rounds)], 2)},
    }


async def _command() -> float:
    began = time.perf_counter()
    command = [str(Path(sys.executable).with_name("upheld")), "--version"]
    await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)
    return time.perf_counter() - began
