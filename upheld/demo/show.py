"""What people see: the tickets and what happens, live on a terminal, as plain lines elsewhere; at the end, tables."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from shared.events import (
    Event,
    IssueReported,
    NotificationSent,
    PriorityAssigned,
    StatusChanged,
    TicketOpened,
    TicketReplied,
)
from shared.settings import Settings, schema_of
from upheld.client import Read
from upheld.demo.log import is_of
from upheld.demo.scenario import CASES

Json = dict[str, Any]
FEED = 30
AROUND = 9
"""Lines of the live view that are neither a ticket's nor the feed's."""
_COLOURS = {
    "P1": "bold red",
    "P2": "yellow",
    "P3": "cyan",
    "Initial": "blue",
    "Update": "cyan",
    "Resolved": "green",
    "Action Required": "magenta",
    "Informational": "white",
    "breached": "bold red",
    "at-risk": "yellow",
}


class Show:
    """The live view. It only hears: nothing waits for it."""

    def __init__(self, console: Console, *, live: bool, tables: bool) -> None:
        self.console = console
        self._tables = tables
        self._began = time.monotonic()
        self._tickets: dict[str, Json] = {}
        self._feed: deque[Text] = deque(maxlen=FEED)
        self._live = (
            Live(console=console, get_renderable=self._render, refresh_per_second=8, transient=True) if live else None
        )

    @property
    def has_tables(self) -> bool:
        """Whether tables are wanted at the end: not where a machine reads."""
        return self._tables

    def on_stage(self) -> AbstractContextManager[object]:
        """While this lasts the view is live."""
        return self._live if self._live is not None else nullcontext()

    def say(self, who: str, what: str, style: str = "") -> None:
        """One line: into the feed of the live view, else at once."""
        line = Text.assemble(
            (f"{time.monotonic() - self._began:6.2f} ", "dim"),
            (f"{who:<15} ", "bold"),
            (" ".join(what.split()), style),
            no_wrap=True,
            overflow="ellipsis",
        )
        self._feed.append(line)
        if self._live is None or not self._live.is_started:
            self.console.print(line, soft_wrap=True)

    def note(self, what: str) -> None:
        """What someone outside does."""
        self.say("", what, "italic")

    def on_read(self, read: Read) -> None:
        """A record of a topic."""
        if read.received is None:
            self.say(read.record.topic, f"cannot be read: {read.malformed}", "red")
            return
        event, source = read.received.event, read.received.envelope.source
        line, style = self._told(event)
        self.say(source, line, style)

    def _told(self, event: Event) -> tuple[str, str]:
        match event:
            case IssueReported():
                return f"IssueReported {event.issue_id}: {event.description[:80]}", "dim"
            case TicketOpened():
                case = next((case.key for case in CASES if is_of(case, event.issue)), "")
                row = self._row(event.number)
                row["case"], row["account"] = case, event.account or "provider"
                return f"TicketOpened {event.number} ({case})", "bold"
            case TicketReplied():
                return f"TicketReplied {event.number}: {event.body or 'facts'}"[:120], ""
            case PriorityAssigned():
                row = self._row(event.number)
                row["priority"] = event.priority
                row["excluded"] = ", ".join(item.clause for item in event.exclusions if item.state == "accepted")
                reason = event.reasons[0]
                said = "".join(f", {item.clause} {item.state}" for item in event.exclusions)
                text = (
                    f"PriorityAssigned {event.number}: {event.priority} by {event.decided_by} ({reason.clause}{said})"
                )
                return text, _COLOURS.get(event.priority, "")
            case StatusChanged():
                name = event.status or event.cause
                row = self._row(event.number)
                row["state"], row["last"] = event.state_to, name
                side = " (internal)" if event.audience == "internal" else ""
                said = f": {event.message}" if event.message else ""
                text = f"StatusChanged {event.number}: {name}{side}, {event.state_to}{said}"
                return text[:160], _COLOURS.get(name, "")
            case NotificationSent():
                row = self._row(event.number)
                row["told"] = row.get("told", 0) + (event.outcome == "accepted")
                text = f"NotificationSent {event.number}: {event.status} by {event.channel} to {event.destination}"
                return text, "green" if event.outcome == "accepted" else "red"
            case _:
                return event.NAME, "dim"

    def _row(self, number: str) -> Json:
        return self._tickets.setdefault(number, {})

    def _render(self) -> RenderableType:
        return self.view(self.console.height)

    def view(self, height: int) -> RenderableType:
        """The tickets, and as much of what happened last as fits below them."""
        table = Table(expand=True, title="Upheld: four services on Kafka and Postgres", title_justify="left")
        for name in ("ticket", "case", "account", "priority", "excluded", "state", "last word", "told"):
            table.add_column(name, justify="right" if name == "told" else "left", no_wrap=True)
        for number, row in list(self._tickets.items()):
            last = str(row.get("last", ""))
            table.add_row(
                number,
                row.get("case", ""),
                row.get("account", ""),
                coloured(row.get("priority", "")),
                row.get("excluded", ""),
                row.get("state", ""),
                coloured(last),
                str(row.get("told", 0)),
            )
        room = max(height - len(self._tickets) - AROUND, 3)
        return Group(table, Panel(Group(*list(self._feed)[-room:]), title="what happens", title_align="left"))


def coloured(word: str) -> Text:
    return Text(word, style=_COLOURS.get(word, ""))


def tables(console: Console, result: Mapping[str, Any]) -> None:
    """The closing tables: tickets, notifications, dead letters, repeats, latency, and the verdict."""
    console.print(_tickets(result["tickets"]))
    console.print(_notifications(result["notifications"]))
    dead = Table("service", "topic", "kind", "reason", title="Dead letters", title_justify="left")
    for letter in result["dead_letters"]:
        dead.add_row(letter["service"], letter["topic"], letter["kind"], letter["reason"])
    console.print(dead)
    repeats = Table("case", "how it came again", "its one ticket", title="Duplicates dropped", title_justify="left")
    for item in result["duplicates_dropped"]:
        repeats.add_row(item["case"], item["way"], item["number"])
    console.print(repeats)
    console.print(_latency(result["latency_ms"]))
    verdict(console, result)


def _tickets(tickets: list[Json]) -> Table:
    table = Table(title="Tickets", title_justify="left")
    for name in ("ticket", "case", "came by", "account", "plan", "priority", "clause", "excluded", "state", "clocks"):
        table.add_column(name, overflow="fold")
    for item in tickets:
        clocks = ", ".join(_clock(clock) for clock in item["clocks"] if clock["state"] != "none")
        table.add_row(
            item["number"],
            item["case"],
            item["way"],
            item["account"] or "provider",
            item["plan"] or "",
            coloured(item["priority"] or ""),
            item["clause"] or "",
            ", ".join(f"{one['clause']} {one['state']}" for one in item["exclusions"]),
            item["state"],
            clocks or "no guarantee",
        )
    return table


def _clock(clock: Json) -> str:
    paused = clock.get("paused", "PT0S")
    return f"{clock['clock'].replace('_', ' ')} {clock['state']}" + (
        f" (paused {paused})" if paused not in ("PT0S", "P0D") else ""
    )


def _notifications(notifications: list[Json]) -> Table:
    table = Table(title="Notifications, as the receivers got them", title_justify="left")
    table.add_column("ticket")
    table.add_column("case")
    table.add_column("status")
    table.add_column("channel")
    table.add_column("to")
    table.add_column("latency", justify="right")
    for item in notifications:
        latency = "" if item["latency_ms"] is None else f"{item['latency_ms']:.0f} ms"
        table.add_row(item["ticket"], item["case"], coloured(item["status"]), item["channel"], item["to"], latency)
    return table


def _latency(latency: Mapping[str, Any]) -> Table:
    table = Table(title="From IssueReported to the Initial's NotificationSent", title_justify="left")
    table.add_column("")
    table.add_column("milliseconds", justify="right")
    if latency["p50"] is not None:
        table.add_row(f"median of {latency['tickets']} tickets", f"{latency['p50']:.0f}", style="bold")
        table.add_row("99th percentile", f"{latency['p99']:.0f}")
        for hop, value in latency["hops"].items():
            table.add_row(f"until {hop}'s word, from the one before (median)", f"{value:.0f}")
    return table


def verdict(console: Console, result: Mapping[str, Any]) -> None:
    """Whether exactly what should have arrived has arrived, and if not, what is wrong."""
    for name in ("missing", "repeated", "unexpected"):
        for item in result[name]:
            what = f"{item.get('case', '')} {item['ticket']} {item['status']} to {item['to']}"
            console.print(Text(f"{name}: {what}", "red"))
    for sentence in result["wrong"]:
        console.print(Text(f"wrong: {sentence}", "red"))
    owed = len(result["notifications"])
    if result["ok"]:
        console.print(
            Text(
                f"Exactly what should have arrived has arrived: {owed} notifications on "
                f"{len(result['tickets'])} tickets, none missing, none repeated.",
                "bold green",
            )
        )
    else:
        console.print(Text("Not what should have arrived has arrived.", "bold red"))


def stays_up(console: Console, urls: Mapping[str, str], keys: Mapping[str, str], settings: Settings) -> None:
    """What to try while everything goes on running."""
    console.print()
    for service, url in urls.items():
        console.print(Text.assemble((f"{service:<16}", "bold"), f"{url}  ", ("/readyz /metrics", "dim")))
    console.print("\nEverything goes on running. In another terminal:")
    exports = {
        "UPHELD_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "UPHELD_DATABASE_URL": settings.database_url.get_secret_value(),
        "UPHELD_TOPIC_PREFIX": settings.topic_prefix,
        **{f"UPHELD_{schema_of(service).upper()}_URL": url for service, url in urls.items()},
    }
    for name, value in exports.items():
        if value:
            console.print(f"  export {name}='{value}'", soft_wrap=True)
    for name, key in keys.items():
        console.print(f"  export UPHELD_API_KEY={key}   # {name}", soft_wrap=True)
    console.print("  upheld ticket list\n  upheld ticket trace UP-1001\n  upheld notifications tail --from-beginning")
    console.print("\nCtrl-C stops everything.")
