"""`upheld report attainment | detection`: how many promises were kept, and who knew of incidents when."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table

from services.status_monitor.answers.gaps import INCIDENT_COLUMNS, MONTH_COLUMNS, incident_row, month_row
from services.status_monitor.domain.counting import COLUMNS, GROUPS, Counts, Key, merged, ordered, total
from shared.policy.form import ClockName
from shared.settings import Settings
from shared.spreadsheet import as_csv
from upheld.cli.common import JsonFlag, clean, console, examples, group, moment, note, print_json, run, settings_of
from upheld.cli.values import a_name, when
from upheld.cli.views import duration
from upheld.client import Client
from upheld.errors import Misused, NotThere

Json = dict[str, Any]
Cell = str | float | None


def day_or_time(value: str) -> str:
    """A date as it is, or whatever else says a time."""
    return value if len(value) == len("2026-03-01") and value[4:5] == "-" else when(value)


def refuse_no_time(begin: str | None, end: str | None) -> None:
    """Raises Misused where --to is not after --from, so that nothing can lie between. A date is its midnight in UTC."""
    try:
        first, last = (datetime.fromisoformat(text) if text else None for text in (begin, end))
    except ValueError:
        return  # the service names what is no date
    if first is not None and last is not None and _in_utc(last) <= _in_utc(first):
        raise Misused(f"There is no time from {begin} to {end}.", errors=[("--to", "must be after --from")])


def _in_utc(at: datetime) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


FromOption = Annotated[
    str | None, typer.Option("--from", parser=day_or_time, metavar="TIME", help="From then on: a date, or a time.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", parser=day_or_time, metavar="TIME", help="Until then, which is not in it.")
]
CsvFlag = Annotated[bool, typer.Option("--csv", help="Print CSV, for spreadsheets.")]

report = group("Reports: promises kept and broken, and how early the provider knew.")


@report.command(
    "attainment",
    epilog=examples(
        "upheld report attainment --from 2026-01-01 --to 2026-04-01",
        "upheld report attainment --by account,priority,clock --csv > attainment.csv",
        "upheld report attainment --account acme --clock first_response --json | jq .total.net_percent",
    ),
)
def attainment(
    by: Annotated[
        str, typer.Option(metavar="GROUPS", help=f"What the rows are of: some of {', '.join(GROUPS)}, with commas.")
    ] = "month,clock",
    from_: FromOption = None,
    to: ToOption = None,
    account: Annotated[str | None, typer.Option(parser=a_name, metavar="ID", help="Only this one's.")] = None,
    priority: Annotated[
        str | None, typer.Option(parser=a_name, metavar="KEY", help="Only under this priority, such as P1.")
    ] = None,
    clock: Annotated[ClockName | None, typer.Option(help="Only this clock.")] = None,
    as_csv_: CsvFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """How many promises were met, breached and are open: gross, and net of accepted exclusions.

    A clock counts in the month (UTC) in which its verdict fell. What was cancelled or never promised does not count.
    A ticket of the provider's own counts once, by its own clocks; with --account, or by account, once for each account
    that it concerns, by that account's plan.
    """
    _one_form(as_csv_, as_json)
    refuse_no_time(from_, to)
    asked: dict[str, str | int | None] = {
        "by": by,
        "from": from_,
        "to": to,
        "account": account,
        "priority": priority,
        "clock": clock,
    }
    found = run(_attainment(settings_of(), asked))
    _refuse_unknown(found, account, priority)
    if as_json:
        print_json(found)
        return
    rows = [[*(row[name] for name in found["by"]), *_cells(row)] for row in found["rows"]]
    if found.get("provider_tickets") == "by account":
        note("A ticket of the provider's counts for each account that it concerns, by that account's plan.")
    if as_csv_:
        _print_csv([*found["by"], *COLUMNS], rows)
        return
    if not rows:
        console().print("Nothing was promised in that time.")
        return
    table = Table(*found["by"], *(name.replace("_", " ") for name in COLUMNS))
    for row in rows:
        table.add_row(*map(_word, row))
    if len(rows) > 1 and found["by"]:
        table.add_section()
        table.add_row("total", *[""] * (len(found["by"]) - 1), *map(_word, _cells(found["total"])))
    console().print(table)
    note(f"{found['tickets']} tickets, as at {moment(found['as_at'])}; months are UTC.")


def _refuse_unknown(found: Json, account: str | None, priority: str | None) -> None:
    """Raises NotThere for what nothing can be counted of: it is misspelt, or not published yet."""
    words = {"account": f"There is no account {account}.", "priority": f"No policy has a priority {priority}."}
    if unknown := found.get("unknown"):
        raise NotThere(" ".join(words[name] for name in unknown))


async def _attainment(settings: Settings, asked: dict[str, str | int | None]) -> Json:
    """All pages as one."""
    pages: list[list[tuple[Key, Counts]]] = []
    tickets = 0
    async with Client(settings) as client:
        while True:
            page = await client.attainment(**asked)
            pages.append([(tuple(row[name] for name in page["by"]), Counts.of(row)) for row in page["rows"]])
            tickets += page["tickets"]
            if page["next"] is None:
                break
            note(f"{tickets} tickets so far")
            asked["cursor"] = page["next"]
    table = merged(pages)
    rows = [dict(zip(page["by"], key, strict=True)) | counts.shown() for key, counts in ordered(table)]
    return {**page, "tickets": tickets, "rows": rows, "total": total(table).shown()}


@report.command(
    "detection",
    epilog=examples(
        "upheld report detection --from 90d",
        "upheld report detection --incidents --csv > gaps.csv",
        "upheld report detection --json | jq '.months[] | {month, gap}'",
    ),
)
def detection(
    incidents: Annotated[bool, typer.Option("--incidents", help="A row an incident, instead of one a month.")] = False,
    from_: FromOption = None,
    to: ToOption = None,
    as_csv_: CsvFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """The detection gap: when the first customer knew, the page, the ticket, the first notice; median and longest.

    An incident counts in the month (UTC) in which its ticket was opened.
    """
    _one_form(as_csv_, as_json)
    refuse_no_time(from_, to)
    found = run(_detection(settings_of(), {"from": from_, "to": to}))
    if as_json:
        print_json(found)
        return
    columns = INCIDENT_COLUMNS if incidents else MONTH_COLUMNS
    rows = [incident_row(item) for item in found["incidents"]] if incidents else [*map(month_row, found["months"])]
    if as_csv_:
        _print_csv(columns, rows)
    elif not rows:
        console().print("No incidents in that time.")
    else:
        table = Table(*(name.removesuffix("_seconds").replace("_", " ") for name in columns))
        for row in rows:
            table.add_row(*(_worded(name, cell) for name, cell in zip(columns, row, strict=True)))
        console().print(table)


async def _detection(settings: Settings, asked: dict[str, str | int | None]) -> Json:
    async with Client(settings) as client:
        return await client.detection(**asked)


def _one_form(csv: bool, json: bool) -> None:
    if csv and json:
        raise Misused("It is printed in one form.", errors=[("--csv", "leave it out, or --json")])


def _cells(counts: Json) -> list[Cell]:
    return [counts[name] for name in COLUMNS]


def _word(cell: Cell) -> str:
    return "-" if cell is None else f"{cell:.2f}" if isinstance(cell, float) else clean(cell)


def _worded(name: str, cell: Cell) -> str:
    if cell is not None and name.endswith("_seconds") and not isinstance(cell, str):
        return f"{'-' if cell < 0 else ''}{duration(timedelta(seconds=cell))}"
    return moment(cell) if name.endswith("_at") and isinstance(cell, str) else _word(cell)


def _print_csv(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    sys.stdout.write(as_csv(columns, rows))
    sys.stdout.flush()
