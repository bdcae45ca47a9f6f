"""Follows a page to the letter, in a terminal of its own, and notes what does not work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from tests.docs.known import EXITS, UNTIL, in_place, is_run, masked
from tests.docs.pages import File, Step
from tests.docs.shell import Job, Shell


class Reader:
    """`ports` are the page's and those to use instead; `after` is awaited after each command."""

    def __init__(
        self, shell: Shell, ports: Mapping[str, str], after: Callable[[str], Awaitable[None]] | None = None
    ) -> None:
        self.shell = shell
        self.wrong: list[str] = []
        self.heard = ""
        self._background: list[tuple[str, Job]] = []
        self._ports = ports
        self._after = after

    async def follow(self, steps: Sequence[File | Step]) -> list[str]:
        """Do all of it; returns a sentence for each thing that is not as the page says."""
        for step in steps:
            if isinstance(step, File):
                (self.shell.folder / step.name).write_text(step.text)
            elif is_run(step.command):
                await self._do(step)
        return self.wrong + self.ended_early()

    def ended_early(self) -> list[str]:
        """What was started in the background and does not run any more."""
        return [f"$ {command} &\nhas ended:\n{job.text}" for command, job in self._background if not job.runs]

    async def _do(self, step: Step) -> None:
        command = in_place(step.command, self.heard)
        for port, own in self._ports.items():
            command = command.replace(port, own)
        if command.endswith("&"):
            command = command.removesuffix("&").rstrip()
            self._background.append((command, await self.shell.start(command)))
            return
        try:
            code, text = await self._ended(step.command, command)
        except TimeoutError:
            self.wrong.append(f"$ {command}\nis not done in time")
            return
        self.heard += text
        if code != EXITS.get(step.command, 0) or ("Traceback" in text and code != 130):
            self.wrong.append(f"$ {command}\nexits with {code}:\n{text}")
        if missing := await self._missing(step, text):
            self.wrong.append(f"$ {command}\ndoes not print {missing}, but:\n{text}")
        if self._after is not None:
            await self._after(step.command)

    async def _ended(self, known: str, command: str) -> tuple[int, str]:
        if (words := UNTIL.get(known)) is None:
            return await self.shell.run(command)
        job = await self.shell.start(command)
        try:
            await asyncio.wait_for(job.until(words), 60)
            return await asyncio.wait_for(job.interrupt(), 30), job.text
        finally:
            job.kill()

    async def _missing(self, step: Step, text: str) -> list[str]:
        """The lines that the page shows and that neither the command nor what runs in the background has printed."""
        for _ in range(200):
            printed = masked(text + "".join(job.text for _, job in self._background))
            if not (missing := [line for line in step.shown if masked(line) not in printed]):
                break
            await asyncio.sleep(0.1)
        return missing
