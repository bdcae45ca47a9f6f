"""`upheld sla replay`: another policy, tried on what the services have recorded; nothing is changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.status import Status
from rich.table import Table
from rich.text import Text

from shared.policy import CLOCKS, Policy
from shared.settings import Settings
from upheld.cli.common import JsonFlag, clean, console, examples, note, print_json, run, settings_of
from upheld.cli.policies import parsed
from upheld.cli.policy_views import name_of, ref_json
from upheld.cli.reports import FromOption, ToOption, refuse_no_time
from upheld.cli.values import a_name, read_text
from upheld.client import Client
from upheld.sla.replay import Replayed, Summary, replay

Json = dict[str, Any]
EVERY = 5.0
"""Seconds between two lines of progress, where it is no terminal."""
EXAMPLES = examples(
    "upheld sla replay --policy my-sla.yaml --from 2026-01-01",
    "upheld sla replay --policy my-sla.yaml --account acme --json | jq .summary.clocks.first_response",
)


def replay_policy(
    policy: Annotated[str, typer.Option("--policy", metavar="FILE", help="The policy file to try; - reads stdin.")],
    from_: FromOption = None,
    to: ToOption = None,
    account: Annotated[str | None, typer.Option(parser=a_name, metavar="ID", help="Only this one's tickets.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """What would have changed under another policy: priority, targets and verdicts, ticket by ticket, and in all.

    Facts are kept where nothing was promised, too. What people did stays as they did it, and the policy counts alone,
    without what accounts keep of earlier versions. --from and --to are of the time at which tickets were opened.
    Only reads; needs the key of an agent.
    """
    refuse_no_time(from_, to)
    other = parsed(read_text(policy), policy)
    asked = {"from": from_, "to": to, "account": account}
    changed, summary, as_at = run(_replay(settings_of(), other, asked, as_json))
    if as_json:
        head = {"policy": ref_json(other), "as_at": as_at, "summary": summary.shown()}
        print_json({**head, "tickets": [ticket.shown() for ticket in changed]})
        return
    if changed:
        console().print()
    console().print(_summary(summary, other))
    for plan, count in sorted(summary.unknown_plans.items()):
        note(f"{name_of(other)} has no plan {plan}: nothing is promised on its {count} tickets.", warning=True)
    if summary.skipped:
        note(
            f"{summary.skipped} tickets were passed over, as only one of triage and status-monitor has assessed them:"
            " they are on their way, or an event of theirs was refused (`upheld dead-letters list`).",
            warning=True,
        )


async def _replay(
    settings: Settings, policy: Policy, asked: Mapping[str, str | None], as_json: bool
) -> tuple[list[Replayed], Summary, str | None]:
    """Those that change, the sum of all, and when the clocks were read."""
    summary, out = Summary(), console()
    changed: list[Replayed] = []
    as_at: str | None = None
    try:
        with _Progress() as progress:
            async with Client(settings) as client:
                facts, assessments = _pages(client.recorded_facts, asked), _pages(client.recorded_assessments, asked)
                assessed = (ticket async for page in assessments for ticket in page["tickets"])
                other: Json | None = await anext(assessed, None)
                async for as_at, ticket in ((page["as_at"], one) async for page in facts for one in page["tickets"]):
                    # Both come in the order of their ids; of what one service does not know yet, nothing can be said.
                    while other is not None and other["id"] < ticket["id"]:
                        summary.skipped += 1
                        other = await anext(assessed, None)
                    if other is None or other["id"] != ticket["id"]:
                        summary.skipped += 1
                        continue
                    found = replay(ticket, other["assessments"], policy, datetime.fromisoformat(as_at))
                    other = await anext(assessed, None)
                    summary.add(found)
                    if found.changed:
                        changed.append(found)
                        if not as_json:
                            out.print(_line(found), soft_wrap=True)
                    progress.tell(f"{summary.tickets} tickets, {summary.changed} would have changed")
    except asyncio.CancelledError:
        note(f"Stopped after {summary.tickets} tickets; nothing was changed.")
        raise
    return changed, summary, as_at


async def _pages(ask: Callable[..., Awaitable[Json]], asked: Mapping[str, str | None]) -> AsyncIterator[Json]:
    """Page after page of what is recorded."""
    cursor: str | None = None
    while True:
        page = await ask(**asked, cursor=cursor)
        yield page
        cursor = page["next"]
        if cursor is None:
            return


class _Progress:
    """How far it is, on stderr: live on a terminal, else a line now and then."""

    def __init__(self) -> None:
        out = console(stderr=True)
        self._status = Status("", console=out) if out.is_terminal else None
        self._told = time.monotonic()

    def __enter__(self) -> _Progress:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()

    def tell(self, how_far: str) -> None:
        if self._status is not None:
            self._status.update(how_far)
        elif time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            note(how_far)


def _line(ticket: Replayed) -> Text:
    """`UP-1001 acme: P2, was P1; first response: breached, was met (PT1H always, was PT4H office)`."""
    shown = ticket.shown()
    parts = []
    if shown["priority"]["then"] != shown["priority"]["now"]:
        parts.append(f"{shown['priority']['now']}, was {shown['priority']['then']}")
    if shown["plan"]["then"] != shown["plan"]["now"]:
        parts.append(f"plan {shown['plan']['now'] or 'none'}, was {shown['plan']['then'] or 'none'}")
    for clock, cell in shown["clocks"].items():
        now, then = (_verdicts(cell["verdicts"][side]) for side in ("now", "then"))
        target = cell["target"]
        words = now if now == then else f"{now}, was {then}"
        if target["now"] != target["then"]:
            words += f" ({target['now'] or 'no guarantee'}, was {target['then'] or 'no guarantee'})"
        parts.append(f"{clock.replace('_', ' ')}: {words}")
    return Text.assemble((clean(ticket.number), "bold"), f" {clean(ticket.account or '-')}: {clean('; '.join(parts))}")


def _verdicts(counts: Json) -> str:
    """`met`, or `2 met, 1 breached` where there are several; net only where that differs."""
    gross, net = _words(counts, ""), _words(counts, "net_")
    return gross if gross == net else f"{gross} (net {net})"


def _words(counts: Json, prefix: str) -> str:
    found = [(counts[prefix + word], word) for word in ("met", "breached", "open") if counts[prefix + word]]
    if len(found) == 1 and found[0][0] == 1:
        return found[0][1]
    return ", ".join(f"{count} {word}" for count, word in found) or "not counted"


def _summary(summary: Summary, policy: Policy) -> Table:
    shown = summary.shown()
    table = Table("clock", "met", "breached", "open", "percent", "net percent", "tickets: more, fewer breaches")
    for clock in CLOCKS:
        cell = shown["clocks"][clock]
        columns = [
            _both(cell["then"][name], cell["now"][name])
            for name in ("met", "breached", "open", "percent", "net_percent")
        ]
        table.add_row(clock.replace("_", " "), *columns, f"{cell['more_breaches']}, {cell['fewer_breaches']}")
    moves = [f"{clean(item['then'])} to {clean(item['now'])}: {item['tickets']}" for item in shown["priorities"]]
    table.title = f"{name_of(policy)}: {summary.changed} of {summary.tickets} tickets would have changed"
    table.caption = f"then > now. Priorities: {', '.join(moves) or 'none would be another'}."
    return table


def _both(then: float | None, now: float | None) -> str:
    words = ["-" if value is None else str(value) for value in (then, now)]
    return words[0] if words[0] == words[1] else " > ".join(words)
