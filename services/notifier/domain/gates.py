"""A gate is what fails together: the mail server, or one webhook's host.

Closed after failures of its own, it lets one delivery through when its pause is over; an answer opens it again.
Everything behind other gates goes on meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

FAILURES = 3
LONGEST = 30.0


@dataclass(slots=True)
class Gate:
    """How it is with one of them; times are of a monotonic clock."""

    in_flight: int = 0
    failures: int = 0
    closed_until: float = 0.0


class Gates:
    """All gates of one channel; no more is claimed for one that already has more than `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._gates: dict[str, Gate] = {}

    def enter(self, name: str) -> None:
        self._gates.setdefault(name, Gate()).in_flight += 1

    def leave(self, name: str, *, trouble: bool | None, now: float, chance: float) -> None:
        """`trouble`: the gate itself failed; None when nothing was learned of it."""
        gate = self._gates[name]
        gate.in_flight -= 1
        if trouble is False:
            gate.failures, gate.closed_until = 0, 0.0
        elif trouble and now >= gate.closed_until:
            gate.failures += 1
            if gate.failures >= FAILURES:
                gate.closed_until = now + min(2.0 ** (gate.failures - FAILURES), LONGEST) * (1 - chance / 2)
        if gate.in_flight == 0 and gate.failures == 0:
            del self._gates[name]

    def barred(self, now: float) -> list[str]:
        """Those that nothing may be claimed for now: closed, being tried, or with enough to do."""
        return [name for name, gate in self._gates.items() if self._is_barred(gate, now)]

    def troubled(self) -> list[str]:
        """Those that failed last; of each only one delivery is claimed at a time."""
        return [name for name, gate in self._gates.items() if gate.failures >= FAILURES]

    def _is_barred(self, gate: Gate, now: float) -> bool:
        if gate.failures >= FAILURES:
            return now < gate.closed_until or gate.in_flight > 0
        return gate.in_flight > self._most

    def is_closed(self, name: str, now: float) -> bool:
        """Whether what was claimed for it before is better given back."""
        return now < self._gates[name].closed_until

    def names(self) -> Collection[str]:
        return self._gates.keys()
