"""Working time: a calendar is a rising series of half-open windows in UTC, and targets are used up inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from shared.policy.hours import ALWAYS, Calendar, Window

__all__ = [
    "ALWAYS",
    "ZERO",
    "Calendar",
    "Changed",
    "Hours",
    "Window",
    "due_at",
    "merged",
    "reach",
    "spent",
    "within",
    "without",
]
ZERO = timedelta(0)


class Hours(Protocol):
    """Whatever has windows."""

    def windows(self, start: datetime) -> Iterator[Window]:
        """The windows from `start` on, the first one cut at it."""
        ...


@dataclass(frozen=True)
class Changed:
    """A calendar that was replaced: until `since` by the one before, from then on by the one after."""

    before: Hours
    since: datetime
    after: Hours

    def windows(self, start: datetime) -> Iterator[Window]:
        for begin, end in self.before.windows(start) if start < self.since else ():
            if begin >= self.since:
                break
            if end is None or end >= self.since:
                yield begin, self.since
                break
            yield begin, end
        yield from self.after.windows(max(start, self.since))


def merged(holds: Iterable[Window]) -> list[Window]:
    """Overlapping and touching intervals as one; those without length leave nothing."""
    result: list[Window] = []
    for begin, end in sorted(holds, key=lambda item: item[0]):
        if end is not None and end <= begin:
            continue
        if result and (result[-1][1] is None or begin <= result[-1][1]):
            before = result[-1][1]
            result[-1] = (result[-1][0], None if before is None or end is None else max(before, end))
        else:
            result.append((begin, end))
    return result


def common(one: Iterable[Window], other: Sequence[Window]) -> list[Window]:
    """What lies in both."""
    return merged(
        (max(begin, start), end if stop is None else stop if end is None else min(end, stop))
        for begin, end in one
        for start, stop in other
        if (end is None or start < end) and (stop is None or begin < stop)
    )


def without(windows: Iterable[Window], holds: Sequence[Window]) -> Iterator[Window]:
    """The windows, less the (merged) holds."""
    for begin, end in windows:
        at: datetime | None = begin
        for held, freed in holds:
            if at is None or (end is not None and held >= end):
                break
            if freed is not None and freed <= at:
                continue
            if held > at:
                yield at, held
            at = freed
        if at is not None and (end is None or at < end):
            yield at, end
        if at is None:
            return  # a hold without an end: no window after it counts


def reach(windows: Iterable[Window], target: timedelta) -> datetime | None:
    """When so much working time is used up; at a window's end it is that end. None if it never is."""
    left = target
    for begin, end in windows:
        if end is None or end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def due_at(hours: Hours, start: datetime, holds: Sequence[Window], target: timedelta) -> datetime | None:
    """When the target is used up outside the (merged) holds; None while a hold without an end keeps it open.

    A hold that begins at that instant is in time: nothing is left, and what follows its end is past due.
    """
    if not holds:
        return reach(hours.windows(start), target)
    at = reach(without(hours.windows(start), holds), target)
    return next((end for begin, end in holds if begin == at), at)


def spent(windows: Iterable[Window], until: datetime) -> timedelta:
    """The working time used up by `until`."""
    total = ZERO
    for begin, end in windows:
        if begin >= until:
            break
        total += (until if end is None else min(end, until)) - begin
    return total


def within(windows: Iterable[Window], holds: Sequence[Window], until: datetime) -> timedelta:
    """The working time inside the holds, up to `until`."""
    total = ZERO
    for begin, end in windows:
        if begin >= until:
            break
        stop = until if end is None else min(end, until)
        for held, freed in holds:
            total += max(min(stop, freed or stop) - max(begin, held), ZERO)
    return total
