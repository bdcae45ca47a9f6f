"""A ticket as people read it: list, panel, timeline. Takes what intake's API says, gives what Rich prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from shared.events import BY_TYPE
from upheld.cli.common import clean, extent, line, moment

Json = dict[str, Any]
_DURATION: TypeAdapter[timedelta] = TypeAdapter(timedelta)
_STATES = {
    "open": "yellow",
    "in progress": "cyan",
    "awaiting customer": "magenta",
    "monitoring": "blue",
    "resolved": "green",
    "closed": "dim",
    "none": "dim",
    "running": "cyan",
    "paused": "magenta",
    "met": "green",
    "late": "red",
    "breached": "red",
    "cancelled": "dim",
    "accepted": "green",
    "failed": "red",
}


def coloured(word: str | None) -> Text:
    """A state in its colour."""
    return Text(clean(word or ""), _STATES.get(word or "", ""))


def duration(value: timedelta) -> str:
    """The two largest units: 2 d 3 h, 1 h 5 min, 42 s, 12 ms."""
    total = abs(value)
    if total < timedelta(seconds=1):
        return f"{total / timedelta(milliseconds=1):.0f} ms"
    parts, rest = [], int(total.total_seconds())
    for unit, seconds in (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)):
        count, rest = divmod(rest, seconds)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2])


def list_table(tickets: Iterable[Json]) -> Table:
    table = Table("ticket", "priority", "state", "account", "by", "opened")
    for item in tickets:
        table.add_row(
            clean(item["number"]),
            clean(item["priority"] or "-"),
            coloured(item["state"]),
            clean(item["account"] or "-"),
            clean(item["initiator"]),
            moment(item["opened_at"]),
        )
    return table


def ticket_panel(ticket: Json, now: datetime) -> Panel:
    """The ticket whole: what it is, why its priority, what is missing, its clocks, who was told."""
    parts: list[RenderableType] = [Text(clean(ticket["description"]).strip()), Text(), _facts(ticket), Text()]
    parts += [_priority(ticket), *_missing(ticket)]
    if ticket["clocks"]:
        parts += [Text(), clock_table(ticket["clocks"], now)]
    if ticket["notifications"]:
        parts += [Text(), notification_table(ticket["notifications"])]
    sequences = ", ".join(f"{service} {number}" for service, number in sorted(ticket["sequences"].items()))
    parts += [Text(), Text(f"sequences for --if-match: {clean(sequences)}", "dim")]
    return Panel(Group(*parts), title=_title(ticket), title_align="left")


def _title(ticket: Json) -> Text:
    return Text.assemble(
        (clean(ticket["number"]), "bold"),
        "  ",
        clean(ticket["priority"] or "no priority yet"),
        "  ",
        coloured(ticket["state"]),
    )


def _facts(ticket: Json) -> Table:
    issue, reporter = ticket["issue"], ticket.get("reporter") or {}
    account = ticket["account"] or "none named"
    cover = ", ".join(filter(None, [ticket.get("plan") and f"plan {ticket['plan']}", ticket.get("coverage")]))
    rows = {
        "account": f"{account} ({cover})" if cover else account,
        "reported by": " ".join(
            filter(None, [reporter.get("name"), reporter.get("email") and f"<{reporter['email']}>"])
        )
        or ticket["initiator"],
        "services": ", ".join(ticket["services"]) or "unknown",
        "linked to": ", ".join(ticket.get("linked_to", [])),
        "facts": ", ".join(
            f"{name} {issue[name]}"
            for name in ("environment", "impact", "workaround", "category")
            if issue.get(name, "unknown") != "unknown"
        ),
        "began": " ".join(
            filter(
                None,
                [
                    moment(issue.get("began_at")),
                    {True: "(goes on)", False: "(over)"}.get(issue.get("ongoing"), ""),
                    issue.get("ended_at") and f"ended {moment(issue['ended_at'])}",
                ],
            )
        ),
        "examples": ", ".join(issue.get("examples") or []),
        "follows": issue.get("follows") or "",
        "opened": f"{moment(ticket['opened_at'])}, clocks from {moment(ticket['clock_start'])}",
        "next update": moment(ticket.get("next_update_due")),
    }
    table = Table.grid(padding=(0, 2))
    for name, value in rows.items():
        if value:
            table.add_row(Text(name, "dim"), clean(value))
    return table


def _priority(ticket: Json) -> RenderableType:
    if ticket["priority"] is None:
        return Text("Not assessed yet.", "dim")
    table = Table.grid(padding=(0, 2))
    for place, reason in enumerate(ticket["reasons"]):
        table.add_row(
            Text(clean(ticket["priority"]) if place == 0 else "", "bold"),
            clean(reason["clause"]),
            f"{clean(reason['text'])} [{clean(reason['fact'])}]",
        )
    if not ticket["reasons"]:
        table.add_row(Text(clean(ticket["priority"]), "bold"), "", "")
    for item in ticket.get("exclusions") or []:
        said = f"exclusion {clean(item['state'])}{extent(item)}: {clean(item['evidence'])}"
        table.add_row("", clean(item["clause"]), said)
    return table


def _missing(ticket: Json) -> Sequence[RenderableType]:
    return [
        Text(
            f"missing: {clean(item['fact'])}, which could make it {clean(item['could_be'])}"
            + (" (asked for)" if item.get("asked") else ""),
            "yellow",
        )
        for item in ticket["missing"]
    ]


def clock_table(clocks: Sequence[Json], now: datetime) -> Table:
    table = Table("clock", "state", "target", "due", "left")
    for clock in clocks:
        target = clock.get("target")
        promise = "no guarantee" if target is None else duration(_DURATION.validate_python(target))
        if target is not None and clock.get("calendar"):
            promise += f" ({clock['calendar']})"
        due = clock.get("due")
        table.add_row(
            clean(clock["clock"]).replace("_", " "),
            coloured(clock["state"]),
            clean(promise),
            moment(due),
            _left(clock["state"], due, now),
        )
    return table


def _left(state: str, due: str | None, now: datetime) -> Text:
    if due is None or state not in ("running", "breached"):
        return Text()
    left = datetime.fromisoformat(due) - now
    return Text(duration(left)) if left >= timedelta(0) else Text(f"{duration(left)} over", "red")


def notification_table(notifications: Sequence[Json]) -> Table:
    table = Table("told", "by", "to", "outcome", "at")
    for sent in notifications:
        outcome = coloured(sent["outcome"])
        if sent.get("reason"):
            outcome.append(f" ({line(sent['reason'], 80)})")
        if (sent.get("attempts") or 1) > 1:
            outcome.append(f" after {sent['attempts']} tries")
        table.add_row(
            clean(sent["status"]),
            clean(sent["channel"]),
            clean(sent["destination"]),
            outcome,
            moment(sent["delivered_at"]),
        )
    return table


def event_name(type_name: str) -> str:
    """`upheld.ticketopened.v1` as TicketOpened."""
    kind = BY_TYPE.get(type_name)
    return kind.__name__ if kind is not None else clean(type_name)


def timeline_table(entries: Sequence[Json], *, fold: bool = True) -> Table:
    """Every event in order, with its service and the milliseconds since the one before."""
    table = Table()
    for name in ("at (UTC)", "ms", "service", "no", "event", "what"):
        table.add_column(
            name,
            justify="right" if name in ("ms", "no") else "left",
            overflow="fold" if fold and name == "what" else "ellipsis",
            no_wrap=not fold or name != "what",
        )
    for entry in entries:
        table.add_row(*timeline_row(entry))
    return table


def span(entries: Sequence[Json]) -> str:
    """How many, and how long from the first to the last."""
    first, last = (datetime.fromisoformat(entries[place]["occurred_at"]) for place in (0, -1))
    return f"{len(entries)} {'event' if len(entries) == 1 else 'events'} in {duration(last - first)}"


def watched(ticket: Json, entries: Sequence[Json], now: datetime, height: int) -> RenderableType:
    """What fits on a screen: the state, the clocks that are promised, and the latest events, a line each."""
    promised = [clock for clock in ticket["clocks"] if clock.get("target") is not None]
    about = Text.assemble(_title(ticket), "  ", (line(ticket["description"], 100), "dim"))
    rows = max(3, height - 12 - len(promised))
    clocks = [clock_table(promised, now)] if promised else []
    return Group(about, *clocks, timeline_table(entries[-rows:], fold=False), Text("Ctrl-C ends this.", "dim"))


def timeline_row(entry: Json) -> tuple[str, str, str, str, str, str]:
    at = datetime.fromisoformat(entry["occurred_at"])
    return (
        at.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3],
        f"{entry['milliseconds']:,.1f}",
        clean(entry["service"]),
        str(entry["sequence"] or ""),
        event_name(entry["event"]),
        line(entry["summary"]),
    )
