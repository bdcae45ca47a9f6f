"""Runs `upheld` as a process of its own that need not import everything anew: forked from one that did so once.

Importing is most of what a command costs, and the pages have many of them.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shlex
import sys
from pathlib import Path

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["pytest", "tests.docs.quick", "upheld.cli.app"])


def is_quick(command: str) -> bool:
    """Whether it is `upheld` alone, with nothing that only a shell can do."""
    return command.startswith("upheld ") and not set(command) & set("$`|&;<>*\n")


async def run_quickly(command: str, environment: dict[str, str], folder: Path, output: Path) -> int:
    """The exit code; what it prints goes to the file `output`."""
    process = _FORKED.Process(target=_main, args=(shlex.split(command)[1:], environment, folder, output), daemon=True)
    process.start()
    # All in this thread: each start looks after all children, and of two that read a child's end one finds nothing.
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(process.sentinel, ended.set)
    try:
        await ended.wait()
    except asyncio.CancelledError:
        process.kill()
        raise
    finally:
        loop.remove_reader(process.sentinel)
    process.join()
    code = process.exitcode
    assert code is not None
    return code if code >= 0 else 128 - code


def _main(arguments: list[str], environment: dict[str, str], folder: Path, output: Path) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    sys.argv = ["upheld", *arguments]
    from upheld.cli import main

    main()
