"""Long work in the process's own loop: a millisecond at a time, so that what is handled meanwhile hardly waits.

A thread would hold the interpreter for five milliseconds at a time, and each answer of the database would wait for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

from shared.service.http import Problem

SLICE = 0.001
PATIENCE = 20.0
"""Seconds that a request waits for the one before."""


class Slices:
    """One piece of long work at a time in a process; the next one waits, then is told to come again."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._since = 0.0

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Raises Problem 503 where the work before takes too long."""
        try:
            await asyncio.wait_for(self._turn.acquire(), PATIENCE)
        except TimeoutError:
            raise Problem(503, "Another report is being made; try again.", headers={"Retry-After": "5"}) from None
        try:
            self._since = time.perf_counter()
            yield
        finally:
            self._turn.release()

    async def pause(self) -> None:
        """Between two small steps: let the others go on, when the slice is used up."""
        if time.perf_counter() - self._since >= SLICE:
            await asyncio.sleep(0)
            self._since = time.perf_counter()
