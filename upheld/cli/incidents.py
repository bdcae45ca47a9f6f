"""`upheld incident list | show`, and `upheld ticket link | unlink | resolve`: incidents and what is linked to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from shared.settings import Settings
from upheld.cli.common import (
    JsonFlag,
    clean,
    console,
    examples,
    group,
    line,
    moment,
    note,
    print_json,
    run,
    settings_of,
)
from upheld.cli.tickets import NumberArgument
from upheld.cli.values import IfMatchOption, said, words
from upheld.cli.views import coloured, duration
from upheld.client import Client

Json = dict[str, Any]
ProviderArgument = Annotated[
    str, typer.Argument(parser=words, metavar="INCIDENT", help="The number of the provider's ticket.")
]
ReasonOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; the customer can read it.")]

incident = group("The provider's incidents: who knew when, and which customers' tickets belong to them.")


@incident.command("list", epilog=examples("upheld incident list --ongoing", "upheld incident list --all --json"))
def list_incidents(
    ongoing: Annotated[bool, typer.Option("--ongoing", help="Only those that are not resolved.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many on a page.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="Where the page before ended.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every page, not only one.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """The incidents, the newest first: when the first customer knew, when the page did, and when people were told."""
    filters = {"limit": limit, "cursor": cursor, "ongoing": "true" if ongoing else None}
    page = run(_list(settings_of(), every, filters))
    if as_json:
        print_json(page)
        return
    console().print(_table(page["incidents"]) if page["incidents"] else "No incidents.")
    if page["next"] is not None:
        note(f"There are more: --all, or --cursor {page['next']}")


async def _list(settings: Settings, every: bool, filters: dict[str, str | int | None]) -> Json:
    found: list[Json] = []
    async with Client(settings) as client:
        while True:
            page = await client.incidents(**filters)
            found += page["incidents"]
            if not every or page["next"] is None:
                return {"incidents": found, "next": page["next"]}
            filters["cursor"] = page["next"]


@incident.command(
    "show", epilog=examples("upheld incident show UP-1007", "upheld incident show UP-1007 --json | jq .gap_seconds")
)
def show(
    number: ProviderArgument,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many of its tickets.")] = 100,
    cursor: Annotated[str | None, typer.Option(help="Where the page of tickets before ended.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """An incident: who knew of it when, what was said in public and whom it reached, and the tickets linked to it."""
    found = run(_show(settings_of(), number, limit, cursor))
    if as_json:
        print_json(found)
        return
    console().print(_panel(found))
    if found["next"] is not None:
        note(f"There are more tickets: --limit, or --cursor {found['next']}")


async def _show(settings: Settings, number: str, limit: int, cursor: str | None) -> Json:
    async with Client(settings) as client:
        return await client.incident(number, limit=limit, cursor=cursor)


def link(
    number: NumberArgument,
    provider: ProviderArgument,
    reason: ReasonOption = None,
    if_match: IfMatchOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Link a customer's ticket to an incident, as an agent, or accept a link that is proposed."""
    change = said(link=provider, reason=reason)
    _print(run(_change(settings_of(), number, change, if_match)), as_json, f"is linked to {provider}")


def unlink(
    number: NumberArgument,
    provider: ProviderArgument,
    reason: ReasonOption = None,
    if_match: IfMatchOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Undo a link, or reject one that is proposed: what is said of the incident counts no more."""
    change = said(unlink=provider, reason=reason)
    _print(run(_change(settings_of(), number, change, if_match)), as_json, f"is not linked to {provider}")


def resolve(
    number: NumberArgument, provider: ProviderArgument, if_match: IfMatchOption = None, as_json: JsonFlag = False
) -> None:
    """Resolve a ticket as the incident was that it is linked to, in the same words."""
    _print(run(_change(settings_of(), number, {"resolve": provider}, if_match)), as_json, "is resolved")


async def _change(settings: Settings, number: str, change: Json, if_match: int | None) -> Json:
    async with Client(settings) as client:
        return await client.link(number, change, if_match=if_match)


def _print(done: Json, as_json: bool, what: str) -> None:
    if as_json:
        print_json(done)
    else:
        sent = f", {done['status']} is sent" if done.get("status") else ""
        console().print(clean(f"{done['number']} {what}{sent} (sequence {done['sequence']})."))


def add_to(ticket: typer.Typer) -> None:
    """Next to what else agents do to tickets."""
    ticket.command("link", epilog=examples("upheld ticket link UP-1003 UP-1007 --reason 'the same carrier'"))(link)
    ticket.command("unlink", epilog=examples("upheld ticket unlink UP-1003 UP-1007 --reason 'their firewall'"))(unlink)
    ticket.command("resolve", epilog=examples("upheld ticket resolve UP-1003 UP-1007"))(resolve)


def _table(incidents: Iterable[Json]) -> Table:
    table = Table("incident", "state", "services", "first customer", "page", "gap", "opened", "first notice", "linked")
    for item in incidents:
        table.add_row(
            clean(item["number"]),
            coloured(item["state"]),
            clean(", ".join(item["services"])),
            moment(item["first_customer_at"]) or "none",
            moment(item["observed_at"]),
            _gap(item["gap_seconds"]),
            moment(item["opened_at"]),
            moment(item["first_notice_at"]) or "none",
            f"{item['linked']}" + (f" (+{item['proposed']} proposed)" if item["proposed"] else ""),
        )
    return table


def _gap(seconds: float | None) -> Text:
    """By how much the customers, or the provider, were first."""
    if seconds is None:
        return Text("")
    first = "customers" if seconds > 0 else "provider"
    return Text(f"{first} by {duration(timedelta(seconds=seconds))}", "red" if seconds > 0 else "green")


def _panel(found: Json) -> Panel:
    rows = {
        "services": ", ".join(found["services"]) or "unknown",
        "seen by": " ".join(filter(None, [found["origin"], found["source"], found["incident_id"]])) or "the provider",
        "began": moment(found["began_at"]),
        "first customer": f"{moment(found['first_customer_at'])} ({found['first_customer']})"
        if found["first_customer"]
        else "none",
        "page or monitor": moment(found["observed_at"]),
        "detected": f"{moment(found['detected_at'])} by the {found['detected_by']}",
        "ticket opened": moment(found["opened_at"]),
        "first notice": moment(found["first_notice_at"]) or "none yet",
        "resolved": moment(found["resolved_at"]),
        "linked": f"{found['linked']}, {found['proposed']} proposed",
    }
    facts = Table.grid(padding=(0, 2))
    for name, value in rows.items():
        if value:
            facts.add_row(Text(name, "dim"), clean(value))
    parts: list[RenderableType] = [Text(clean(found["description"]).strip()), Text(), facts]
    if found["updates"]:
        parts += [Text(), _words(found["updates"])]
    if found["tickets"]:
        parts += [Text(), _tickets(found["tickets"])]
    title = Text.assemble((clean(found["number"]), "bold"), "  ", coloured(found["state"]))
    return Panel(Group(*parts), title=title, title_align="left")


def _words(updates: Iterable[Json]) -> Table:
    table = Table("no", "said", "by", "words", "told", "counted on")
    for item in updates:
        reached = str(item["told"]) if item["settled"] else f"{item['told']} so far"
        table.add_row(
            str(item["sequence"]),
            moment(item["at"]),
            clean(item["actor"]["name"]),
            line(item["message"] or item["state"], 100),
            reached,
            str(item["counted"]),
        )
    return table


def _tickets(tickets: Iterable[Json]) -> Table:
    table = Table("ticket", "account", "state", "link", "by", "since", "reported", "why")
    for item in tickets:
        table.add_row(
            clean(item["number"]),
            clean(item["account"] or "-"),
            coloured(item["ticket_state"]),
            item["state"],
            clean(item["by"]),
            moment(item["since"]),
            moment(item["reported_at"]),
            line(item["reason"], 90),
        )
    return table
