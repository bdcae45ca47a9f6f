"""Mutants tried, some at a time, each in a process of its own that is stopped when it takes too long."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterable
from math import ceil

from mutmut.configuration import ForkServerWarmup, config
from mutmut.runners.harness import PytestRunner
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers.isolation import ForkServerRunner

from mutation.ground import Ground
from mutation.score import Fate, fate_of
from mutation.switch import wake

Tell = Callable[[str, Fate], None]
"""What is called with each mutant as its fate is known."""


class _Apart(PytestRunner):
    """In a session of its own: Ctrl-C is for whoever started it all, who ends this one."""

    def warm_up(self) -> None:
        os.setsid()
        super().warm_up()

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        wake(mutant_name or "")
        return super().run_tests(mutant_name=mutant_name, tests=tests)


def limit_of(seconds: float) -> int:
    """CPU seconds for a mutant whose tests take so long; half of it on the clock. Ample: the machine may be busy."""
    settings = config()
    return ceil((seconds + settings.timeout_constant) * settings.timeout_multiplier * 2)


def tried(ground: Ground, mutants: Iterable[str], workers: int, tell: Tell) -> dict[str, Fate]:
    """The fate of each.

    They are forked from a process that has imported the tests. Where the mutant's function runs at import, from one
    that has not.
    """
    warm: list[str] = []
    cold: list[str] = []
    for mutant in mutants:
        (cold if mangled_name_from_mutant_name(mutant) in ground.at_import else warm).append(mutant)
    fates = _from_one(ground, warm, workers, tell, ForkServerWarmup.COLLECT)
    return fates | _from_one(ground, cold, workers, tell, ForkServerWarmup.NONE)


def _from_one(
    ground: Ground, mutants: list[str], workers: int, tell: Tell, warmup: ForkServerWarmup
) -> dict[str, Fate]:
    fates: dict[str, Fate] = {}
    if not mutants:
        return fates
    config().forkserver_warmup = warmup
    server = ForkServerRunner(workers, _Apart, {})

    def take() -> None:
        result = server.wait_for_result()
        fate = fates[result.mutant_name] = fate_of(result.exit_code)
        tell(result.mutant_name, fate)

    def kill() -> None:
        if server.forkserver_pid is not None:
            os.killpg(server.forkserver_pid, signal.SIGKILL)

    server.startup()
    with contextlib.ExitStack() as unless_done:
        unless_done.callback(kill)
        for mutant in sorted(mutants, key=ground.seconds_of):
            while not server.has_capacity():
                take()
            seconds = ground.seconds_of(mutant)
            server.submit(mutant, ground.tests_of(mutant), limit_of(seconds), seconds)
        server.signal_work_complete()
        while server.pending_count():
            take()
        unless_done.pop_all()
    server.shutdown()
    return fates
