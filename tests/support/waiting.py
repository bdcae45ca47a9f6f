"""Waiting for conditions, never for time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def until(what: str, condition: Callable[[], Awaitable[T | None]], *, within: float = 20.0) -> T:
    """The condition's first truthy answer. Fails with `what` and the last answer when it does not come in time."""
    deadline = asyncio.get_running_loop().time() + within
    answer: T | None = None
    while asyncio.get_running_loop().time() < deadline:
        answer = await condition()
        if answer:
            return answer
        await asyncio.sleep(0.02)
    raise AssertionError(f"waited {within} s for {what}; last seen: {answer!r}")
