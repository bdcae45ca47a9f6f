"""`python -m bench`: the measurements one after the other, one table, `bench/results/latest.json`."""

from __future__ import annotations

import asyncio
import importlib
import json
import logging
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from rich.console import Console

from bench import results, table
from bench.figures import Json
from bench.house import BenchError
from bench.meter import busy, ours
from bench.run import FULL, QUICK, Bench
from shared.settings import SERVICES
from upheld.stack import Progress, Stack, StackError, start_stack

MEASURES = {
    "ratio": "each service's events/s to the raw loop's",
    "latency": "IssueReported to NotificationSent at 50, 200 and 500/s, beside a raw hop",
    "pipeline": "issues/s until every owed delivery is committed, CPU per 1,000 issues",
    "delivery": "issues/s until delivered by webhook and by mail, beside a bare loop of the same client",
    "accept": "POST /v1/issues with 32 connections, beside Alerta and django-helpdesk",
    "growth": "what an issue costs with 10,000, 100,000 and 1,000,000 tickets in the tables",
    "sweep": "what 1,000 due tickets cost with 10,000, 100,000 and 1,000,000 open ones",
    "engine": "microseconds of one assessment and of one fold of the clocks, beside json.loads and dumps of the event",
    "startup": "start-up time and resident memory of each service",
}
OTHERS = 0.15
"""Cores that something else may use while it is measured."""
EXAMPLES = """Examples:

python -m bench

python -m bench --only ratio pipeline

python -m bench --only latency --json | jq .latency_ms

python -m bench --profile triage

python -m bench --profile notifier --at 200
"""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def bench(
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME...", help=f"These parts only: {', '.join(MEASURES)}. Default: all."),
    ] = None,
    more: Annotated[list[str] | None, typer.Argument(hidden=True, metavar="")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; progress goes to stderr.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Tiny counts, to see that it runs; nothing is kept in latest.json.")
    ] = False,
    profile: Annotated[
        str | None,
        typer.Option(metavar="SERVICE", help="Instead: where this service's time goes, in a drain of its topic."),
    ] = None,
    at: Annotated[
        int | None,
        typer.Option(metavar="RATE", min=1, help="With --profile: among all services, at so many issues per second."),
    ] = None,
    to: Annotated[
        Path, typer.Option(metavar="FILE", help="Where the results are kept.", show_default="bench/results/latest.json")
    ] = results.LATEST,
) -> None:
    """Measure Upheld on this machine, beside something that does the same work without it.

    It starts its own Kafka and Postgres. Let nothing else run meanwhile. The results of parts that are not measured
    now stay in the file as they were.
    """
    if more and not only:
        raise typer.BadParameter(f"what is {' '.join(more)}? Parts are named by --only", param_hint="arguments")
    chosen = [*(only or ()), *(more or ())] or list(MEASURES)
    if unknown := [name for name in chosen if name not in MEASURES]:
        raise typer.BadParameter(f"{', '.join(unknown)}: the parts are {', '.join(MEASURES)}", param_hint="--only")
    if profile is not None and profile not in SERVICES:
        raise typer.BadParameter(f"{profile!r}: the services are {', '.join(SERVICES)}", param_hint="--profile")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # new topics have no leader for a moment
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    console = Console(markup=False, highlight=False, emoji=False, stderr=as_json)
    if not console.is_terminal:
        console.width = 150
    try:
        with _telling(Console(stderr=True, highlight=False, markup=False)) as tell, start_stack(tell) as stack:
            tell(stack.sentence)
            given = Bench(stack, QUICK if quick else FULL, tell)
            if profile is not None:
                _profile(console, given, profile, at)
                return
            found = asyncio.run(_measure(given, chosen, {} if quick else results.load(to)))
    except (BenchError, StackError) as error:
        Console(stderr=True, markup=False, highlight=False).print(f"error: {error}", style="red")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    if not quick:
        results.save(to, found)
    if as_json:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
    else:
        table.show(console, found)


def _profile(console: Console, bench: Bench, service: str, at: int | None) -> None:
    from bench import profiling

    work = profiling.profile_drain(bench, service) if at is None else profiling.profile_loop(bench, service, at)
    profiling.show(console, asyncio.run(work))


async def _measure(bench: Bench, chosen: Sequence[str], found: Json) -> Json:
    found = {**found, "machine": results.machine(bench.stack.took, await _version(bench.stack))}
    of = results.commit()
    for name in chosen:
        began, others = time.monotonic(), busy() - ours()
        part = await importlib.import_module(f"bench.measures.{name}").measure(bench)
        seconds = time.monotonic() - began
        used = (busy() - ours() - others) / seconds
        if used > OTHERS:
            bench.tell(f"{name}: something else used {used:.2f} cores meanwhile; the figures are not to be trusted")
        found = results.merged(found, name, part, seconds, of, used)
    return found


async def _version(stack: Stack) -> str:
    conn = await asyncpg.connect(stack.database_url)
    try:
        return str(await conn.fetchval("SHOW server_version"))
    finally:
        await conn.close()


@contextmanager
def _telling(console: Console) -> Iterator[Progress]:
    """A moving line on a terminal, plain lines with the time elsewhere."""
    began = time.monotonic()

    def stamped(text: str) -> str:
        minutes, seconds = divmod(int(time.monotonic() - began), 60)
        return f"{minutes}:{seconds:02} {text}"

    if console.is_terminal:
        with console.status("starting", refresh_per_second=4) as status:
            yield lambda text: status.update(stamped(text))
    else:
        yield lambda text: console.print(stamped(text), soft_wrap=True)


if __name__ == "__main__":
    app(prog_name="python -m bench")
