"""What clocks must say, worked out slowly: minute by minute, without intervals, due times or a ledger.

It shares nothing with the clocks but the words of the SLA. All times are whole minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
Week = Mapping[int, Sequence[tuple[int, int]]]
"""Of each weekday (Monday is 0) the windows, as minutes of the local day."""


@lru_cache(maxsize=64)
def local_minutes(zone: str, start: datetime, days: int) -> list[tuple[date, int]]:
    """What the clock on the wall says at each minute from `start` on."""
    wall = ZoneInfo(zone)
    found = []
    for minute in range(days * 1440):
        local = (start + minute * MINUTE).astimezone(wall)
        found.append((local.date(), local.hour * 60 + local.minute))
    return found


def open_minutes(zone: str, week: Week, start: datetime, days: int, closed: Sequence[date] = ()) -> list[bool]:
    """Of each minute from `start` on whether a window holds it.

    A window holds from the first minute of its date at which the wall shows its opening or later, to the last one at
    which it shows earlier than its closing; where it shows the closing twice, to the second time.
    """
    wall = local_minutes(zone, start, days)
    minutes: dict[date, list[int]] = {}
    for minute, (day, _) in enumerate(wall):
        minutes.setdefault(day, []).append(minute)
    opened = [False] * len(wall)
    for day, of_day in minutes.items():
        if day in closed:
            continue
        for opens, closes in week.get(day.weekday(), ()):
            late = [minute for minute in of_day if wall[minute][1] >= opens]
            early = [minute for minute in of_day if wall[minute][1] < closes]
            again = [minute for minute in of_day if wall[minute][1] == closes][1:]
            end = again[-1] if again else early[-1] + 1 if early else 0
            for minute in range(late[0], end) if late else ():
                opened[minute] = True
    return opened


@dataclass(frozen=True)
class Promise:
    """A target in minutes on a calendar."""

    target: int
    calendar: str


@dataclass(frozen=True)
class Event:
    """`kind` as `do` in a scenario file (`page`: a message by the page); `promises` of a priority, by clock.

    A person's question is two events: a message, and `wait`.
    """

    at: int
    kind: str
    promises: Mapping[str, Promise] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """How a clock stands; times in minutes."""

    state: str
    elapsed: int
    paused: int
    breaches: int
    warnings: int


STOPS = {
    "notification": ("notified",),
    "first_response": ("message", "resolve"),
    "first_resolution": ("resolve",),
    "total_resolution": ("resolve",),
    "update": ("resolve",),
}
_RANK = {"open": 0, "resolve": 1, "message": 2, "page": 2, "notified": 2, "close": 3, "wait": 4, "maintenance-start": 4}


def in_order(events: Sequence[Event]) -> list[Event]:
    """Those of one instant: what stops, what pauses, what starts."""
    return sorted(events, key=lambda event: _RANK.get(event.kind, 5))


class Walk:
    """One clock of one ticket, which opens at minute 0; `pauses` are the reasons that hold it, `points` in percent."""

    def __init__(
        self, clock: str, hours: Mapping[str, Sequence[bool]], pauses: Sequence[str], points: Sequence[int]
    ) -> None:
        self.clock, self.hours, self.pauses, self.points = clock, hours, pauses, points
        self.promise: Promise | None = None
        self.latest: Promise | None = None
        self.state, self.waiting, self.maintenances, self.resolved, self.closed = "open", False, 0, False, False
        self.begin = self.stopped = 0
        self.used = {name: [0] for name in hours}  # of each calendar, the minutes used up by each minute
        self.held = {name: [0] for name in hours}
        self.marks: list[str] = []  # of each minute: worked, held, or not open
        self.said: set[int] = set()
        self.breached, self.breached_before = False, False
        self.breaches = self.warnings = 0

    def run(self, events: Sequence[Event], judged: int) -> Found:
        """Through the minutes up to `judged`."""
        by_minute: dict[int, list[Event]] = {}
        for event in events:
            by_minute.setdefault(event.at, []).append(event)
        for now in range(judged):
            for event in in_order(by_minute.get(now, ())):
                self.happen(event, now)
            if self.state == "open" and self.promise is not None:
                self.judge(self.promise, now)
            self.pass_minute(now)
        for event in in_order(by_minute.get(judged, ())):
            self.happen(event, judged)
        found = self.found(judged)
        if found.state == "breached" and not self.breached and not self.same_breach(judged):
            self.breaches += 1  # found past due at this very instant, by a new priority or a reopening
        return self.found(judged)

    def happen(self, event: Event, now: int) -> None:
        kind = event.kind
        if kind in ("open", "priority"):
            self.latest = event.promises.get(self.clock)
            self.promise = self.latest if self.state == "open" else self.promise
            return
        if self.state == "open" and kind in STOPS[self.clock]:
            self.state, self.stopped = "stopped", now
        elif self.state == "open" and self.clock == "update" and kind in ("message", "page"):
            self.restart(now)
        if kind == "close" and self.state == "open":
            self.state, self.stopped = "cancelled", now
        self.closed = self.closed or kind == "close"
        if self.closed:
            return
        if kind == "resolve":
            self.waiting, self.resolved = False, True
        elif kind == "wait":
            self.waiting = not self.resolved
        elif kind in ("reply", "reopen") and self.resolved:
            self.resolved = False
            if self.state == "stopped" and self.clock in ("update", "total_resolution"):
                self.state, self.promise = "open", self.latest
                if now != self.stopped or self.clock == "update":  # where it was resolved for no time, its words count
                    self.restart(now)
        elif kind == "reply":
            self.waiting = False
        elif kind == "maintenance-start":
            self.maintenances += 1
        elif kind == "maintenance-end":
            self.maintenances -= self.maintenances > 0

    def restart(self, now: int) -> None:
        if now == self.begin:
            return
        self.begin = now
        self.breached_before, self.breached = self.breached_before or self.breached, False
        if self.clock == "update":
            self.said = set()

    @property
    def first(self) -> int:
        """Total resolution has one budget over all its cycles."""
        return 0 if self.clock == "total_resolution" else self.begin

    @property
    def is_held(self) -> bool:
        return (self.waiting and "awaiting customer" in self.pauses) or (
            self.maintenances > 0 and "maintenance" in self.pauses
        )

    def judge(self, promise: Promise, now: int) -> None:
        """What is said in the minute that begins now, after what happened at this instant."""
        used = self.used[promise.calendar][now] - self.used[promise.calendar][self.first]
        just = now > 0 and self.used[promise.calendar][now] > self.used[promise.calendar][now - 1]
        due = {percent for percent in self.points if used * 100 == promise.target * percent} - self.said
        if due and just and not self.is_held:
            self.said |= due
            self.warnings += 1
        past = used > promise.target or (used == promise.target and not self.is_held)
        if past and not self.breached and not self.same_breach(now):
            self.breaches, self.breached = self.breaches + 1, True

    def same_breach(self, now: int) -> bool:
        """Whether the one budget of total resolution was used up before the reopening, and that was said."""
        if self.clock != "total_resolution" or not self.breached_before or self.promise is None:
            return False
        counted = self.used[self.promise.calendar]
        return counted[self.begin] - counted[self.first] >= self.promise.target

    def pass_minute(self, now: int) -> None:
        mark = "gone" if self.state != "open" else "held" if self.is_held else "worked"
        self.marks.append(mark)
        for name, hours in self.hours.items():
            self.used[name].append(self.used[name][-1] + (mark == "worked" and hours[now]))
            self.held[name].append(self.held[name][-1] + (mark == "held" and hours[now]))

    def found(self, judged: int) -> Found:
        promise = self.promise
        if promise is None:
            return Found("none", 0, 0, self.breaches, self.warnings)
        end = judged if self.state == "open" else self.stopped
        used = self.used[promise.calendar][end] - self.used[promise.calendar][self.first]
        held = self.held[promise.calendar][end] - self.held[promise.calendar][self.first]
        if self.state == "cancelled":
            state = "cancelled"
        elif self.state == "stopped":
            state = "late" if self.is_past(promise, used, end) else "met"
        elif self.is_past(promise, used, judged):
            state = "breached"
        else:
            state = "paused" if self.is_held else "running"
        return Found(state, used, held, self.breaches, self.warnings)

    def is_past(self, promise: Promise, used: int, now: int) -> bool:
        """Past due: more is used up, or all of it, and time has passed since that nothing took away."""
        if used != promise.target:
            return used > promise.target
        counted = self.used[promise.calendar]
        reached = next(minute for minute in range(self.first, now + 1) if counted[minute] - counted[self.first] == used)
        return "worked" in self.marks[reached:now]
