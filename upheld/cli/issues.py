"""`upheld issue`: report an issue as a customer does over HTTP, or as an upstream system does over Kafka."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import aclosing, suppress
from typing import Annotated, Any
from uuid import UUID

import typer

from shared import ids
from shared.events import IssueReported, TicketOpened
from shared.settings import Settings
from upheld.cli.common import (
    JsonFlag,
    checked,
    clean,
    console,
    examples,
    group,
    note,
    plain,
    print_json,
    run,
    settings_of,
)
from upheld.cli.values import (
    CategoryOption,
    EndedOption,
    EnvironmentOption,
    ExampleOption,
    ImpactOption,
    OngoingOption,
    ServiceOption,
    WorkaroundOption,
    a_name,
    read_mapping,
    read_text,
    said,
    when,
)
from upheld.client import SOURCE, Client, publish_issue, read_topic
from upheld.errors import Misused, Unreachable

Json = dict[str, Any]
NEW = 2.0
"""Seconds in which a new ticket appears; what was reported before is searched for after that."""
issue = group("Report issues.")


@issue.callback()
def _group() -> None:
    pass


@issue.command(
    "report",
    epilog=examples(
        "upheld issue report --reporter Ann --service voice --began-at 20m --ongoing --description 'Calls fail' "
        "--environment production --impact outage",
        "upheld issue report --file issue.json",
        "upheld issue report --kafka --source crm --account acme --issue-id 4711 --description 'No SMS since noon'",
    ),
)
def report(
    reporter: Annotated[str | None, typer.Option(metavar="NAME", help="Who reports it (SLA B.1.2 a).")] = None,
    email: Annotated[str | None, typer.Option(metavar="ADDRESS", help="The reporter's address, to be told.")] = None,
    account: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The account concerned; over HTTP with a customer's key it is the key's own."),
    ] = None,
    service: ServiceOption = None,
    began_at: Annotated[
        str | None,
        typer.Option(
            parser=when, metavar="TIME", help="When it began (c): a time with its zone, or how long ago: 20m."
        ),
    ] = None,
    ongoing: OngoingOption = None,
    ended_at: EndedOption = None,
    description: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What fails, and how (e); - reads stdin.")
    ] = None,
    example: ExampleOption = None,
    environment: EnvironmentOption = None,
    impact: ImpactOption = None,
    workaround: WorkaroundOption = None,
    category: CategoryOption = None,
    issue_id: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="The id that the reporter knows it by: the same one again opens no second ticket."
        ),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="The issue as JSON or YAML (- reads stdin); options given with it come on top."
        ),
    ] = None,
    kafka: Annotated[
        bool, typer.Option("--kafka", help="Publish it on the topic `issues`, as an upstream system does.")
    ] = False,
    source: Annotated[
        str | None,
        typer.Option(parser=a_name, metavar="NAME", help="With --kafka: the system that says it. Default: upheld."),
    ] = None,
    wait: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="With --kafka: how long to wait for the ticket's number.")
    ] = 10.0,
    idempotency_key: Annotated[
        str | None,
        typer.Option(
            metavar="KEY",
            help="Over HTTP: your own, so that the whole command can be run again. Default: a new one, "
            "under which this run's own retries are safe.",
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Report an issue and print its ticket's number. What is not said is read from the words, or asked for.

    Over HTTP the key in UPHELD_API_KEY says who speaks.
    """
    settings = settings_of()
    if source is not None and not kafka:
        raise Misused("--source goes with --kafka.", errors=[("--source", "over HTTP the API key says who speaks")])
    if idempotency_key is not None and kafka:
        raise Misused("--idempotency-key is of HTTP.", errors=[("--idempotency-key", "with --kafka give --issue-id")])
    facts = read_mapping(file) if file is not None else {}
    facts |= said(
        services=service,
        began_at=began_at,
        ongoing=ongoing,
        ended_at=ended_at,
        examples=example,
        description=read_text("-") if description == "-" else description,
        environment=environment,
        impact=impact,
        workaround=workaround,
        category=category,
        issue_id=issue_id,
    )
    if who := said(name=reporter, email=email, account=account):
        given = facts.get("reporter")
        facts["reporter"] = (given if isinstance(given, dict) else {}) | who
    if not kafka:
        _print(run(_over_http(settings, facts, idempotency_key)), as_json)
        return
    found = run(_over_kafka(settings, facts, source or SOURCE, wait, file or "the issue"))
    _print(found, as_json)
    if found["ticket"] is None and wait:
        raise Unreachable(
            f"Issue {found['issue_id']} is published and not lost, but no ticket was opened within {wait:g} s.",
            hint="Start intake (upheld run intake); or it was refused: upheld dead-letters list --service intake",
        )


def _print(found: Json, as_json: bool) -> None:
    if as_json:
        print_json(found)
    elif found["ticket"] is None:
        note(f"Published as issue {found['issue_id']}.")
    else:
        console().print(clean(found["ticket"]["number"]))
        if found["duplicate"]:
            note("It was reported before; this is its ticket.")


async def _over_http(settings: Settings, facts: Json, idempotency_key: str | None) -> Json:
    missing = [
        (f"--{name}", f"is missing (`{name}` in a file)") for name in ("reporter", "description") if name not in facts
    ]
    if missing:
        raise Misused("An issue has a reporter and a description (SLA B.1.2 a, e).", errors=missing)
    async with Client(settings) as client:
        return await client.report(plain(facts), idempotency_key=idempotency_key)


async def _over_kafka(settings: Settings, facts: Json, source: str, wait: float, where: str) -> Json:
    if "description" not in facts:
        raise Misused(
            "An issue has a description (SLA B.1.2 e).",
            errors=[("--description", "is missing (`description` in a file)")],
        )
    issue: IssueReported = checked(IssueReported, {"issue_id": secrets.token_hex(16)} | facts, where)
    ticket = ids.ticket_id(ids.issue_uid(issue.account or source, issue.issue_id))
    found: Json = {"ticket": None, "issue_id": issue.issue_id, "duplicate": None}
    # From now on first, which is where a new ticket appears; one that is there already is older, and takes a search.
    ready = asyncio.Event()
    watch = asyncio.create_task(_opened(settings, ticket, from_beginning=False, on_ready=ready.set))
    try:
        began = asyncio.create_task(ready.wait())
        await asyncio.wait({watch, began}, return_when=asyncio.FIRST_COMPLETED)
        began.cancel()
        if watch.done():
            watch.result()  # it cannot read the topic: raises what is wrong
        sent = await publish_issue(settings, issue, source=source)
        opened = None
        with suppress(TimeoutError):
            opened = await asyncio.wait_for(watch, min(wait, NEW))
        if opened is None and wait > NEW:
            with suppress(TimeoutError):
                opened = await asyncio.wait_for(_opened(settings, ticket, from_beginning=True), wait - NEW)
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
    if opened is not None:
        number, cause = opened
        found |= {"ticket": {"id": str(ticket), "number": number}, "duplicate": cause != sent.id}
    return found


async def _opened(
    settings: Settings, ticket: UUID, *, from_beginning: bool, on_ready: Callable[[], None] = lambda: None
) -> tuple[str, str | None]:
    """The number of this ticket once it is opened, and the id of the report that opened it."""
    key = str(ticket).encode()
    async with aclosing(read_topic(settings, "tickets", from_beginning=from_beginning, on_ready=on_ready)) as reads:
        async for read in reads:
            if read.record.key == key and read.received is not None and isinstance(read.received.event, TicketOpened):
                return read.received.event.number, read.received.envelope.correlation_id
    raise AssertionError("a topic that is followed does not end")
