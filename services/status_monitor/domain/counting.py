"""Verdicts counted by month, account, priority and clock; a percentage stands beside its counts, and is of something.

- A verdict counts in the month (UTC) in which it fell: a promise that was kept when the clock stopped, a broken one
  when it was past due. What is open counts in the month in which it is looked at, as neither kept nor broken.
- Counts add up: of pages, and over any grouping to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, get_args

from services.status_monitor.domain.attainment import Verdict

Group = Literal["month", "account", "priority", "clock"]
GROUPS: tuple[Group, ...] = get_args(Group)
Key = tuple[str | None, ...]
COLUMNS = ("met", "breached", "open", "percent", "net_met", "net_breached", "net_open", "net_percent")


class Counts(NamedTuple):
    """How many promises were kept, broken or are open; and the same net of accepted exclusions."""

    met: int = 0
    breached: int = 0
    open: int = 0
    net_met: int = 0
    net_breached: int = 0
    net_open: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))

    @property
    def percent(self) -> float | None:
        return share(self.met, self.breached)

    @property
    def net_percent(self) -> float | None:
        return share(self.net_met, self.net_breached)

    @property
    def cells(self) -> tuple[float | None, ...]:
        """In the order of COLUMNS."""
        return (*self[:3], self.percent, *self[3:], self.net_percent)

    def shown(self) -> dict[str, Any]:
        """As the report says it."""
        return dict(zip(COLUMNS, self.cells, strict=True))

    @staticmethod
    def of(said: Mapping[str, Any]) -> Counts:
        """Back from what the report says."""
        return Counts(*(int(said[name]) for name in Counts._fields))


Table = dict[Key, Counts]


def share(met: int, breached: int) -> float | None:
    """Percent met of what has a verdict, cut after two decimals, so that 100 is all of it; None where there is none."""
    judged = met + breached
    return None if judged == 0 else met * 10_000 // judged / 100


class Wanted(NamedTuple):
    """What is counted: half-open in time, and only of this clock or priority where one is named."""

    by: tuple[Group, ...]
    begin: datetime | None = None
    end: datetime | None = None
    clock: str | None = None
    priority: str | None = None


def count(
    table: Table, verdicts: Iterable[Verdict], account: str | None, priority: str | None, wanted: Wanted, now: datetime
) -> None:
    """Add a ticket's verdicts; `priority` is its present one, for verdicts of which it is not recorded."""
    for verdict in verdicts:
        at = verdict.at or now
        rank = verdict.priority or priority
        if wanted.begin is not None and at < wanted.begin:
            continue
        if wanted.end is not None and at >= wanted.end:
            continue
        if wanted.clock not in (None, verdict.clock) or wanted.priority not in (None, rank):
            continue
        of: dict[Group, str | None] = {
            "month": month_of(at),
            "account": account,
            "priority": rank,
            "clock": verdict.clock,
        }
        key = tuple(of[group] for group in wanted.by)
        table[key] = table.get(key, Counts()).plus(one(verdict))


def one(verdict: Verdict) -> Counts:
    """A verdict, counted."""
    gross = {verdict.gross: 1}
    net = {f"net_{verdict.net}": 1} if verdict.net is not None else {}
    return Counts(**gross, **net)


def month_of(at: datetime) -> str:
    """`2026-03`, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m")


def ordered(table: Table) -> list[tuple[Key, Counts]]:
    """By the groups, as they were asked for; what has none first."""
    return sorted(table.items(), key=lambda item: [(value is not None, value or "") for value in item[0]])


def total(table: Table) -> Counts:
    """All of it together."""
    whole = Counts()
    for counts in table.values():
        whole = whole.plus(counts)
    return whole


def merged(pages: Iterable[Sequence[tuple[Key, Counts]]]) -> Table:
    """The pages of a report as one."""
    table: Table = {}
    for page in pages:
        for key, counts in page:
            table[key] = table.get(key, Counts()).plus(counts)
    return table
