"""Large pages: what a service has in memory when it has started, in pages of two megabytes instead of four kilobytes.

Several processes take turns on few cores, each batch in another; in small pages much of a short batch goes to looking
addresses up again. Linux collapses pages on request (madvise(2), MADV_COLLAPSE, since 6.1); elsewhere nothing happens.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from pathlib import Path

HUGEPAGE, COLLAPSE = 14, 25
SIZE = 2 * 1024 * 1024


def use_large_pages() -> int:
    """Ask for them wherever this process has whole ones; returns how many bytes are in large pages now."""
    if sys.platform != "linux":
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    collapsed = 0
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/maps").read_text().splitlines():
            span, rights, *_, inode = line.split(maxsplit=5)[:5]
            begin, end = (int(place, 16) for place in span.split("-"))
            first, last = -(-begin // SIZE) * SIZE, end // SIZE * SIZE
            private = rights == "rw-p" and inode == "0"
            if last <= first or not (private or rights == "r-xp"):
                continue
            if private:
                libc.madvise(begin, end - begin, HUGEPAGE)
            for place in range(first, last, SIZE):
                collapsed += SIZE * (libc.madvise(place, SIZE, COLLAPSE) == 0)
    return collapsed
