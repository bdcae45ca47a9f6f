"""`upheld dead-letters`: what a service could not handle, why, and what to do about it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer
from rich.table import Table
from rich.text import Text

from shared.settings import SERVICES, Settings
from upheld.cli.common import (
    JsonFlag,
    clean,
    complain,
    console,
    examples,
    group,
    line,
    moment,
    print_json,
    run,
    settings_of,
)
from upheld.cli.services import ServiceName
from upheld.client import Client
from upheld.errors import Misused, Unreachable

Json = dict[str, Any]
LetterState = Literal["waiting", "dead", "parked", "redriven", "discarded", "all"]
ServiceArgument = Annotated[ServiceName, typer.Argument(help="The service that has it.")]
IdArgument = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="Its id there.")]
PAGE = 1000

letters = group("Records that a service could not handle. All need a key with the role admin.")


@letters.command(
    "list", epilog=examples("upheld dead-letters list", "upheld dead-letters list --service intake --json")
)
def list_letters(
    service: Annotated[ServiceName | None, typer.Option(help="Only this one's. Default: all four.")] = None,
    state: Annotated[
        LetterState,
        typer.Option(help="waiting is dead (could not be handled) and parked (waits behind a dead one of its ticket)."),
    ] = "waiting",
    as_json: JsonFlag = False,
) -> None:
    """The dead letters, each with its reason."""
    found, silent = run(_list(settings_of(), [service] if service else SERVICES, state))
    if as_json:
        print_json({"dead_letters": found, "silent": [name for name, _ in silent]})
    elif found:
        table = Table("service", "id", "state", "kind", "place", "key", "since", "reason")
        for item in found:
            table.add_row(
                item["service"],
                str(item["id"]),
                item["state"],
                item["kind"],
                f"{clean(item['topic'])}/{item['partition']}/{item['offset']}",
                line(item["key"] or "", 40),
                moment(item["created_at"]),
                line(item["reason"]),
            )
        console().print(table)
    else:
        console().print("No dead letters." if not silent else "No dead letters in the services that answer.")
    for _, error in silent:
        complain(error)
    if silent:
        raise typer.Exit(Unreachable.code)


async def _list(
    settings: Settings, services: list[ServiceName] | tuple[str, ...], state: str
) -> tuple[list[Json], list[tuple[str, Unreachable]]]:
    """The letters of the services that answer, and the errors of those that do not."""
    found: list[Json] = []
    silent = []
    wanted = {"waiting": ("dead", "parked"), "all": (None,)}.get(state, (state,))
    async with Client(settings) as client:
        for service in services:
            try:
                rows = [row for one in wanted async for row in _pages(client, service, one)]
            except Unreachable as error:
                silent.append((service, error))
            else:
                found += [{"service": service, **row} for row in sorted(rows, key=lambda row: int(row["id"]))]
    return found, silent


async def _pages(client: Client, service: str, state: str | None) -> Any:
    after = 0
    while True:
        page = (await client.dead_letters(service, state=state, limit=PAGE, after=after))["dead_letters"]
        for row in page:
            yield row
        if len(page) < PAGE:
            return
        after = page[-1]["id"]


@letters.command(
    "show",
    epilog=examples(
        "upheld dead-letters show intake 3",
        "upheld dead-letters show intake 3 --json | jq -r .value_base64 | base64 -d",
    ),
)
def show(service: ServiceArgument, letter: IdArgument, as_json: JsonFlag = False) -> None:
    """A dead letter whole: its reason, its headers, and the value as it lay in the log."""
    found = run(_show(settings_of(), service, letter))
    if as_json:
        print_json(found)
        return
    table = Table.grid(padding=(0, 2))
    for name in (
        "service",
        "id",
        "state",
        "kind",
        "reason",
        "topic",
        "partition",
        "offset",
        "key",
        "bytes",
        "created_at",
        "settled_at",
        "settled_by",
    ):
        if found.get(name) is not None:
            table.add_row(Text(name.replace("_", " "), "dim"), clean(found[name]))
    for name, value in found["headers"].items():
        table.add_row(Text("header", "dim"), f"{clean(name)}: {clean(value)}")
    console().print(table)
    console().print("(null)" if found["value"] is None else clean(found["value"]), soft_wrap=True)


async def _show(settings: Settings, service: str, letter: int) -> Json:
    async with Client(settings) as client:
        return await client.dead_letter(service, letter)


@letters.command("redrive", epilog=examples("upheld dead-letters redrive triage 3"))
def redrive(service: ServiceArgument, letter: IdArgument, as_json: JsonFlag = False) -> None:
    """Have the service handle it again, and then what is parked behind it; refused while it still fails."""
    done = run(_settle(settings_of(), service, letter, discard=False))
    if as_json:
        print_json(done)
    else:
        console().print(f"{service} {letter} was handled{_others(done['handled'] - 1)}.")


@letters.command("discard", epilog=examples("upheld dead-letters discard triage 3 --yes"))
def discard(
    service: ServiceArgument,
    letter: IdArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Give it up: it counts as seen and is never handled; what is parked behind it is. Its bytes are kept."""
    if not yes:
        if not console(stderr=True).is_terminal or as_json:
            raise Misused("Discarding cannot be taken back.", errors=[("--yes", "is missing")])
        typer.confirm(f"Never handle dead letter {letter} of {service}?", abort=True, err=True)
    done = run(_settle(settings_of(), service, letter, discard=True))
    if as_json:
        print_json(done)
    else:
        console().print(f"{service} {letter} was discarded{_others(done['handled'])}.")


def _others(count: int) -> str:
    return f", and {count} parked behind it handled" if count > 0 else ""


async def _settle(settings: Settings, service: str, letter: int, *, discard: bool) -> Json:
    async with Client(settings) as client:
        return await client.settle(service, letter, discard=discard)
