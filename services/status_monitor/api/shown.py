"""A ticket's clocks as they are shown for a dispute: readings gross and net, and the hours they are counted in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from services.status_monitor.domain.clocks import reading
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, Facts
from services.status_monitor.domain.ticket import Ticket
from services.status_monitor.domain.verdicts import tally
from shared.hours_versions import hours_versions
from shared.policy import Policies
from shared.policy.hours import calendar_of

_ISO = TypeAdapter(timedelta)


def clocks_of(course: Course, now: datetime) -> list[dict[str, Any]]:
    """Every clock that was ever promised, gross and net of accepted exclusions."""
    if not course.facts.plans:
        return []
    return [
        {"clock": clock, "gross": _read(course, clock, now, net=False), "net": _read(course, clock, now, net=True)}
        for clock in CLOCKS
        if any(plan.targets.get(clock) for plan in course.facts.plans)
    ]


def _read(course: Course, clock: str, now: datetime, *, net: bool) -> dict[str, Any]:
    found, counts = reading(course, clock, now, net=net), tally(course, clock, now, net=net)
    return {
        "state": found.state,
        "due": found.due.isoformat() if found.due is not None else None,
        "target": _length(found.target.duration) if found.target is not None else None,
        "calendar": found.target.calendar if found.target is not None else None,
        "elapsed": _length(found.elapsed),
        "paused": _length(found.paused),
        "breaches": counts.breaches,
        "warnings": counts.warnings,
    }


def _length(value: timedelta) -> Any:
    return _ISO.dump_python(value, mode="json")


def exclusions_of(course: Course) -> list[dict[str, Any]]:
    """The accepted exclusions, and since when each is decided."""
    plans = course.facts.plans
    excluded = plans[-1].excluded if plans else ()
    return [
        {
            "clause": item.clause,
            "from": item.begin.isoformat(),
            "to": item.end.isoformat() if item.end is not None else None,
            "decided_at": decided.isoformat(),
        }
        for item, (_, decided) in zip(excluded, course.exclusions, strict=True)
    ]


def links_of(ticket: Ticket) -> list[dict[str, Any]]:
    """What it had to do with the provider's tickets, and who decided that."""
    return [
        {
            "provider": link.number,
            "state": link.state,
            "since": link.since.isoformat(),
            "reason": link.reason,
            "by": link.by,
        }
        for link in ticket.links
    ]


def calendars_of(facts: Facts, policies: Policies, now: datetime) -> list[dict[str, Any]]:
    """The calendars of all targets, as their versions of the policy write them, with the holidays of the ticket's time.

    Which data the hours were worked out with is not recorded: that of this process is named, which reads them now.
    """
    return [
        {
            "calendar": name,
            "policy": sha256,
            **_hours(policies, sha256, name, facts.start, now),
            "computed_with": hours_versions(),
        }
        for sha256, name in sorted(_named(facts))
    ]


def _named(facts: Facts) -> set[tuple[str, str]]:
    return {
        (target.policy or plan.policy or "", target.calendar)
        for plan in facts.plans
        for target in plan.targets.values()
        if target is not None
    }


def _hours(policies: Policies, sha256: str, name: str, begin: datetime, end: datetime) -> dict[str, Any]:
    policy = policies.by_sha(sha256)
    written = policy.calendars.get(name) if policy is not None else None
    if written is None:
        return {"written": None, "closed": []}
    calendar = calendar_of(written)
    zone = ZoneInfo(calendar.zone)
    days = [] if calendar.week is None else _days(begin.astimezone(zone), end.astimezone(zone))
    return {
        "written": written.model_dump(mode="json", exclude_defaults=True),
        "closed": [day.date().isoformat() for day in days if calendar.is_closed(day.date())],
    }


def _days(begin: datetime, end: datetime) -> Iterator[datetime]:
    while begin.date() <= end.date():
        yield begin
        begin += timedelta(days=1)
