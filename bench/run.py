"""What a measurement is given: the stack, how much to do, and someone to tell how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from upheld.stack import Progress, Stack


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured. Every measurement has a warm-up before its rounds, which is not counted."""

    rounds: int = 3
    warm_up: int = 2000
    """Records before the first round of a drain."""
    drained: int = 10_000
    """Tickets in each round of a drain."""
    open_loop_warm_up: float = 4.0
    open_loop: float = 10.0
    """Seconds of each round of an open loop."""
    rates: tuple[int, ...] = (50, 200, 500)
    delivered: int = 3000
    """Issues in each round until they are delivered."""
    accept: float = 6.0
    """Seconds of each round of accepting."""
    rivals: bool = True
    """Whether others' software is installed and run beside."""
    grown: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    grown_drained: int = 5000
    engine_rounds: int = 9
    engine: float = 0.8
    """CPU seconds of each round of the rules alone."""
    engine_rested: int = 100
    """Times that each is done after a rest."""
    opened: tuple[int, int, int] = (10_000, 100_000, 1_000_000)
    """Open tickets in the tables that are swept; the costs are held against that with the second number of them."""
    due: int = 1000
    """Tickets in each round on which something comes due."""


FULL = Sizes()
QUICK = Sizes(
    rounds=1,
    warm_up=50,
    drained=200,
    open_loop_warm_up=0.5,
    open_loop=1.5,
    rates=(50,),
    delivered=100,
    accept=1.0,
    rivals=False,
    grown=(1000, 2000),
    grown_drained=200,
    engine_rounds=2,
    engine=0.02,
    engine_rested=2,
    opened=(1000, 1500, 2000),
    due=20,
)
"""Only to see that it runs; the figures mean nothing."""


@dataclass(frozen=True, slots=True)
class Bench:
    stack: Stack
    sizes: Sizes
    tell: Progress
