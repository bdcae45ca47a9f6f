"""The state graph: which steps a ticket may take; it begins with open, and to stay is always allowed."""

from __future__ import annotations

from collections.abc import Sequence

from shared.events import State


class IllegalStep(Exception):
    """The state graph has no such step; names the ones it has."""

    def __init__(self, state: State, to: State, legal: Sequence[State]) -> None:
        super().__init__(f"{state} to {to}")
        self.state, self.to, self.legal = state, to, tuple(legal)


GRAPH: dict[State, tuple[State, ...]] = {
    "open": ("in progress", "awaiting customer", "monitoring", "resolved"),
    "in progress": ("awaiting customer", "monitoring", "resolved"),
    "awaiting customer": ("in progress", "monitoring", "resolved"),
    "monitoring": ("in progress", "awaiting customer", "resolved"),
    "resolved": ("in progress", "closed"),
    "closed": (),
}


def legal(state: State | None, to: State) -> bool:
    """Whether the graph has the step; from = to is always allowed."""
    return to == "open" if state is None else to == state or to in GRAPH[state]
