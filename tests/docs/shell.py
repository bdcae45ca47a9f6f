"""A terminal: commands run in it one after the other, what they export stays, and one may go on in the background."""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio.subprocess import PIPE, STDOUT
from contextlib import suppress
from pathlib import Path

from tests.docs.quick import is_quick, run_quickly

_RUN = """eval "$1"; status=$?; env -0 > "$2"; exit $status"""


class Job:
    """A command that runs, in a process group of its own, and what it has printed so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._printed = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())
        self.text = ""

    async def _read(self) -> None:
        assert self._process.stdout is not None
        while part := await self._process.stdout.read(65536):
            self.text += part.decode("utf-8", "replace")
            async with self._printed:
                self._printed.notify_all()
        await self._process.wait()
        async with self._printed:
            self._printed.notify_all()

    @property
    def runs(self) -> bool:
        return self._process.returncode is None

    async def until(self, words: str) -> bool:
        """Wait for these words; False when it ended without them."""
        async with self._printed:
            await self._printed.wait_for(lambda: words in self.text or not self.runs)
        return words in self.text

    async def ended(self) -> int:
        """Wait for its end; the exit code as a shell says it."""
        await asyncio.shield(self._reader)  # whoever gives up waiting leaves it to those who wait still
        code = await self._process.wait()
        return code if code >= 0 else 128 - code

    async def interrupt(self) -> int:
        """Ctrl-C."""
        self._signal(signal.SIGINT)
        return await self.ended()

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


class Shell:
    """One terminal in a folder."""

    def __init__(self, folder: Path, environment: dict[str, str], name: str) -> None:
        self.folder = folder
        self.environment = environment
        self.jobs: list[Job] = []
        self._state = folder / f".{name}"

    async def run(self, command: str, within: float = 60.0) -> tuple[int, str]:
        """Run a command to its end; returns its exit code and what it printed. What it exported is kept."""
        if is_quick(command):
            output = self._state.with_suffix(".out")
            code = await asyncio.wait_for(run_quickly(command, self.environment, self.folder, output), within)
            return code, output.read_text()
        job = await self.start(command)
        try:
            code = await asyncio.wait_for(job.ended(), within)
        finally:
            job.kill()
        pairs = (pair.partition("=") for pair in self._state.read_text().split("\0") if pair)
        self.environment = {name: value for name, _, value in pairs if name not in ("_", "SHLVL")}
        return code, job.text

    async def start(self, command: str) -> Job:
        """Begin a command that goes on."""
        process = await asyncio.create_subprocess_exec(
            "bash", "-c", _RUN, "bash", command, str(self._state),
            cwd=self.folder, env=self.environment, stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, stderr=STDOUT,
            start_new_session=True,
        )  # fmt: skip
        job = Job(process)
        self.jobs.append(job)
        return job

    async def close(self) -> None:
        """End what still runs."""
        for job in self.jobs:
            job.kill()
        await asyncio.wait_for(asyncio.gather(*(job.ended() for job in self.jobs)), 30)
