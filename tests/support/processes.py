"""Looking at processes from outside."""

import time
from collections.abc import Callable

import psutil


def until(condition: Callable[[], bool], within: float = 15) -> None:
    """Wait for it, in a test that has no event loop."""
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.01)


def gone(pid: int) -> bool:
    """Ended; whoever should collect it may not have done so yet."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it may end between any two looks
        return True
