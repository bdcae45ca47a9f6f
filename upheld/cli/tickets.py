"""`upheld ticket list | show | trace | watch`: reading tickets, from intake."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.live import Live

from shared.events import State
from shared.settings import Settings
from upheld.cli.common import JsonFlag, console, examples, group, note, print_json, run, settings_of
from upheld.cli.values import words
from upheld.cli.views import list_table, span, ticket_panel, timeline_row, timeline_table, watched
from upheld.client import Client
from upheld.errors import Unreachable

Json = dict[str, Any]
NumberArgument = Annotated[
    str, typer.Argument(parser=words, metavar="NUMBER", help="The ticket's number, such as UP-1001.")
]

ticket = group("Read tickets, and act on them.")


@ticket.command(
    "list",
    epilog=examples(
        "upheld ticket list --state open --priority P1",
        "upheld ticket list --account acme --all --json | jq -r '.tickets[].number'",
    ),
)
def list_tickets(
    state: Annotated[State | None, typer.Option(help="Only those in this state.")] = None,
    priority: Annotated[
        str | None, typer.Option(metavar="KEY", help="Only those of this priority, such as P1.")
    ] = None,
    account: Annotated[str | None, typer.Option(metavar="ID", help="Only those of this account.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many on a page.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="Where the page before ended.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every page, not only one.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """The tickets that your key may read, the newest first."""
    page = run(_list(settings_of(), every, state=state, priority=priority, account=account, limit=limit, cursor=cursor))
    if as_json:
        print_json(page)
        return
    console().print(list_table(page["tickets"]) if page["tickets"] else "No tickets.")
    if page["next"] is not None:
        note(f"There are more: --all, or --cursor {page['next']}")


async def _list(settings: Settings, every: bool, **filters: str | int | None) -> Json:
    found: list[Json] = []
    async with Client(settings) as client:
        while True:
            page = await client.tickets(**filters)
            found += page["tickets"]
            if not every or page["next"] is None:
                return {"tickets": found, "next": page["next"]}
            filters["cursor"] = page["next"]


@ticket.command("show", epilog=examples("upheld ticket show UP-1001", "upheld ticket show UP-1001 --json | jq .clocks"))
def show(number: NumberArgument, as_json: JsonFlag = False) -> None:
    """A ticket as it stands: priority with its clause and reasons, what is missing, clocks, notifications."""
    found = run(_show(settings_of(), number))
    if as_json:
        print_json(found)
    else:
        console().print(ticket_panel(found, datetime.now(UTC)))


async def _show(settings: Settings, number: str) -> Json:
    async with Client(settings) as client:
        return await client.ticket(number)


@ticket.command(
    "trace",
    epilog=examples(
        "upheld ticket trace UP-1001", "upheld ticket trace UP-1001 --json | jq '.entries[] | {event, milliseconds}'"
    ),
)
def trace(number: NumberArgument, as_json: JsonFlag = False) -> None:
    """Every event of a ticket in order: when, from which service, and the milliseconds since the one before."""
    found = run(_trace(settings_of(), number))
    if as_json:
        print_json(found)
    else:
        console().print(timeline_table(found["entries"]))
        if found["entries"]:
            console().print(span(found["entries"]), style="dim")


async def _trace(settings: Settings, number: str) -> Json:
    async with Client(settings) as client:
        return await client.timeline(number)


@ticket.command(
    "watch",
    epilog=examples(
        "upheld ticket watch UP-1001", "upheld ticket watch UP-1001 --until resolved --json | jq -r .summary"
    ),
)
def watch(
    number: NumberArgument,
    until: Annotated[State, typer.Option(help="End when the ticket is in this state (or closed).")] = "closed",
    interval: Annotated[float, typer.Option(min=0.1, max=3600, metavar="SECONDS", help="How often to look.")] = 1.0,
    as_json: JsonFlag = False,
) -> None:
    """Follow a ticket until it is closed, or Ctrl-C: live on a terminal, else a line for each event (--json: JSON)."""
    run(_watch(settings_of(), number, {until, "closed"}, interval, as_json))


async def _watch(settings: Settings, number: str, ends: set[str], interval: float, as_json: bool) -> None:
    out = console()
    seen: set[tuple[str, str]] = set()
    with _screen(out) if out.is_terminal and not as_json else nullcontext() as live:
        async with Client(settings) as client:
            view, entries = await _look(client, number)  # what is wrong at first is an error; later it may pass
            while True:
                if live is not None:
                    live.update(watched(view, entries, datetime.now(UTC), out.height), refresh=True)
                else:
                    _print_new(entries, seen, as_json)
                if view["state"] in ends:
                    return
                view, entries = await _look_again(client, number, interval)


def _screen(out: Console) -> Live:
    return Live(console=out, auto_refresh=False)


async def _look(client: Client, number: str) -> tuple[Json, list[Json]]:
    """The timeline after the view: it holds what made the state that ends a watch."""
    view = await client.ticket(number)
    return view, (await client.timeline(number))["entries"]


def _print_new(entries: list[Json], seen: set[tuple[str, str]], as_json: bool) -> None:
    for entry in entries:
        identity = (entry["service"], entry["id"])
        if identity in seen:
            continue
        seen.add(identity)
        if as_json:
            print_json(entry, line=True)
        else:
            at, _, service, sequence, event, what = timeline_row(entry)
            console().print(f"{at}  {service:<15}{sequence:>3}  {event:<17} {what}", soft_wrap=True)


async def _look_again(client: Client, number: str, interval: float) -> tuple[Json, list[Json]]:
    """After a while; intake may be away for some time."""
    quiet = False
    while True:
        await asyncio.sleep(interval)
        try:
            return await _look(client, number)
        except Unreachable as error:
            if not quiet:
                note(f"{error.message} Still trying.", warning=True)
            quiet = True
