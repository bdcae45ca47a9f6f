"""Large pages."""

import ctypes
import mmap
import re
import sys
from pathlib import Path

from shared.service.pages import SIZE, use_large_pages


def large(begin: int) -> int:
    """Kilobytes in large pages of the mapping in which this address lies."""
    found = 0
    inside = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if span := re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line):
            inside = int(span[1], 16) <= begin < int(span[2], 16)
        elif inside and line.startswith("AnonHugePages:"):
            found += int(line.split()[1])
    return found


def test_what_a_process_has_in_memory_lies_in_large_pages_afterwards_where_the_kernel_has_them() -> None:
    if sys.platform != "linux":
        assert use_large_pages() == 0
        return
    held = mmap.mmap(-1, 4 * SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    held.write(b"x" * (4 * SIZE))
    begin = ctypes.addressof(ctypes.c_char.from_buffer(held))
    moved = use_large_pages()
    assert bytes(held[:10]) == b"x" * 10
    assert moved % SIZE == 0
    assert (large(begin) > 0) == (moved > 0)
