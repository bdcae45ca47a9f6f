"""`upheld ticket reply | update | priority | exclude | replan`: what customers and agents do to a ticket."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from shared.events import State, Status
from shared.settings import Settings
from upheld.cli.common import JsonFlag, clean, console, examples, print_json, run, settings_of
from upheld.cli.tickets import NumberArgument
from upheld.cli.values import (
    CategoryOption,
    EndedOption,
    EnvironmentOption,
    ExampleOption,
    IfMatchOption,
    ImpactOption,
    OngoingOption,
    ServiceOption,
    WorkaroundOption,
    a_name,
    read_text,
    said,
    when,
    words,
)
from upheld.client import Client
from upheld.errors import Misused

Json = dict[str, Any]
ReasonOption = Annotated[
    str,
    typer.Option(parser=words, metavar="TEXT", help="Why; it is recorded, and the customer can read it."),
]


def reply(
    number: NumberArgument,
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What you say; - reads stdin.")] = None,
    service: ServiceOption = None,
    ongoing: OngoingOption = None,
    ended_at: EndedOption = None,
    example: ExampleOption = None,
    environment: EnvironmentOption = None,
    impact: ImpactOption = None,
    workaround: WorkaroundOption = None,
    category: CategoryOption = None,
    close: Annotated[bool, typer.Option("--close", help="You are done with it.")] = False,
    idempotency_key: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="Your own, so that the command can be run again. Default: a new one."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Add to a ticket, as its customer or who reported it: words, or facts stated anew."""
    facts = said(
        body=read_text("-") if text == "-" else text,
        services=service,
        ongoing=ongoing,
        ended_at=ended_at,
        examples=example,
        environment=environment,
        impact=impact,
        workaround=workaround,
        category=category,
        close=close or None,
    )
    if not facts:
        raise Misused("A reply says something.", errors=[("TEXT", "write it, or state a fact, or --close")])
    done = run(_reply(settings_of(), number, facts, idempotency_key))
    _print(done, as_json, f"{done['number']}: the reply was added.")


async def _reply(settings: Settings, number: str, facts: Json, idempotency_key: str | None) -> Json:
    async with Client(settings) as client:
        return await client.reply(number, facts, idempotency_key=idempotency_key)


def update(
    number: NumberArgument,
    state: Annotated[State | None, typer.Option(help="The state that it goes to.")] = None,
    status: Annotated[
        Status | None, typer.Option(help="What the customer is sent, where it is not what follows.")
    ] = None,
    message: Annotated[str | None, typer.Option(metavar="TEXT", help="For the customer; - reads stdin.")] = None,
    internal: Annotated[bool, typer.Option("--internal", help="The message is a note that no customer sees.")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="The message asks: the ticket waits for the customer.")] = False,
    acknowledge: Annotated[
        bool, typer.Option("--acknowledge", help="You take up what is at risk or breached: no one else is told.")
    ] = False,
    if_match: IfMatchOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Do something to a ticket, as an agent: tell the customer, ask, note, move it on, take up what is at risk."""
    change = said(
        state=state,
        status=status,
        message=read_text("-") if message == "-" else message,
        internal=internal or None,
        ask=ask or None,
        acknowledge=acknowledge or None,
    )
    if not change:
        raise Misused("An update does something.", errors=[("--state or --message", "is missing")])
    if (internal or ask) and message is None:
        raise Misused(f"--{'internal' if internal else 'ask'} needs words.", errors=[("--message", "is missing")])
    done = run(_update(settings_of(), number, change, if_match))
    sent = f", {done['status']} is sent" if done.get("status") else ""
    _print(done, as_json, f"{done['number']}: {done['state']}{sent} (sequence {done['sequence']}).")


async def _update(settings: Settings, number: str, change: Json, if_match: int | None) -> Json:
    async with Client(settings) as client:
        return await client.update(number, change, if_match=if_match)


def priority(
    number: NumberArgument,
    key: Annotated[
        str, typer.Argument(parser=a_name, metavar="PRIORITY", help="A priority of the policy, such as P1.")
    ],
    reason: ReasonOption,
    if_match: IfMatchOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Decide a ticket's priority, as an agent, over what the rules say."""
    done = run(_priority(settings_of(), number, key, reason, if_match))
    _print(done, as_json, f"{done['number']}: {done['priority']}, assessment {done['assessment']}.")


async def _priority(settings: Settings, number: str, key: str, reason: str, if_match: int | None) -> Json:
    async with Client(settings) as client:
        return await client.decide_priority(number, key, reason, if_match=if_match)


def exclude(
    number: NumberArgument,
    clause: Annotated[
        str, typer.Option(parser=a_name, metavar="CLAUSE", help="As the policy numbers it, such as B.5.a.")
    ],
    reason: ReasonOption,
    accept: Annotated[bool, typer.Option("--accept", help="It is excluded under this clause.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is not.")] = False,
    evidence: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What shows it. Default: the words of the proposal.")
    ] = None,
    begin: Annotated[
        str | None,
        typer.Option("--from", parser=when, metavar="TIME", help="Excluded from then on. Default: as proposed."),
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", parser=when, metavar="TIME", help="Until then. Default: as proposed.")
    ] = None,
    if_match: IfMatchOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Accept or reject, as an agent, that a clause of the SLA's exceptions applies: as proposed, or on your evidence.

    What is accepted pauses the clocks that the policy says and counts net of it; what was breached stays breached. A
    later ruling takes the place of those on its clause that its interval meets, and stands beside the others; of
    several accepted intervals --reject takes back the one with this --from and --to. `triage explain` shows them all.
    """
    if accept == reject:
        what = "leave one of them out" if accept else "is missing"
        raise Misused("An exclusion is accepted or rejected.", errors=[("--accept or --reject", what)])
    verdict = "accept" if accept else "reject"
    ruling = said(clause=clause, ruling=verdict, reason=reason, evidence=evidence) | said(**{"from": begin, "to": end})
    done = run(_exclude(settings_of(), number, ruling, if_match))
    state = done["exclusion"]["state"]
    what = f"{state}, assessment {done['assessment']}" if done["changed"] else f"{state} already, nothing is changed"
    _print(done, as_json, f"{done['number']}: {done['exclusion']['clause']} {what}.")


async def _exclude(settings: Settings, number: str, ruling: Json, if_match: int | None) -> Json:
    async with Client(settings) as client:
        return await client.rule_on_exclusion(number, ruling, if_match=if_match)


def replan(
    number: NumberArgument,
    reason: ReasonOption,
    if_match: IfMatchOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Have a ticket follow its account's plan as it is now, and the policy in effect now, as an agent.

    By itself it stays with those that it was opened under. Its clocks are planned anew from their start: pauses are
    kept, no past warning is given, and what is late by then is one breach.
    """
    done = run(_replan(settings_of(), number, reason, if_match))
    policy = f"{done['policy']['id']} {done['policy']['version']}"
    follows = f"plan {done['plan']}, {policy}" if done["plan"] else policy
    already = "" if done["changed"] else " already, nothing is changed"
    _print(done, as_json, f"{done['number']}: follows {follows}{already} (assessment {done['assessment']}).")


async def _replan(settings: Settings, number: str, reason: str, if_match: int | None) -> Json:
    async with Client(settings) as client:
        return await client.replan(number, reason, if_match=if_match)


def _print(done: Json, as_json: bool, sentence: str) -> None:
    if as_json:
        print_json(done)
    else:
        console().print(clean(sentence))


def add_to(ticket: typer.Typer) -> None:
    """Where they belong: next to the commands that read."""
    ticket.command(
        "reply",
        epilog=examples(
            "upheld ticket reply UP-1001 'It is in production' --environment production --impact outage",
            "upheld ticket reply UP-1001 'Works again, thank you' --close",
        ),
    )(reply)
    ticket.command(
        "update",
        epilog=examples(
            "upheld ticket update UP-1001 --state 'in progress' --message 'We found the cause'",
            "upheld ticket update UP-1001 --ask --message 'Which numbers do you call?'",
            "upheld ticket update UP-1001 --internal --message 'Carrier confirms' --if-match 4",
            "upheld ticket update UP-1001 --state resolved --message 'Routes are back'",
            "upheld ticket update UP-1001 --acknowledge",
        ),
    )(update)
    ticket.command(
        "priority",
        epilog=examples(
            "upheld ticket priority UP-1001 P1 --reason 'No calls at all, confirmed by telephone'",
        ),
    )(priority)
    ticket.command(
        "exclude",
        epilog=examples(
            "upheld ticket exclude UP-1001 --clause B.5.a --accept --reason 'Your firewall blocked us until noon'",
            "upheld ticket exclude UP-1001 --clause B.5.f --reject --reason 'The carrier found nothing'",
            "upheld ticket exclude UP-1001 --clause B.5.f --accept --reason Again --evidence 4711 --from 1h --to now",
            "upheld ticket exclude UP-1001 --clause B.5.d --accept --reason 'Not us' --evidence 'IX is down' --from 2h",
        ),
    )(exclude)
    ticket.command(
        "replan",
        epilog=examples("upheld ticket replan UP-1001 --reason 'Upgraded today, from the call on'"),
    )(replan)
