"""`upheld demo`: an installation, a scenario played on it, and a verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from upheld.cli.common import examples
from upheld.demo import run_demo

EXAMPLES = examples(
    "upheld demo",
    "upheld demo --exit",
    "upheld demo --json --exit | jq .latency_ms",
)


def demo(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object when it ends; progress goes to stderr.")
    ] = False,
    exit_when_done: Annotated[
        bool, typer.Option("--exit", help="End when the scenario is over, on a terminal too.")
    ] = False,
    svg: Annotated[
        Path | None,
        typer.Option(metavar="FILE", dir_okay=False, help="Write what it showed at the end, as a picture."),
    ] = None,
) -> None:
    """Start everything on this machine, play a scenario, and show what happens, live.

    Kafka, Postgres, the four services, a mail server, a webhook receiver and a status page; customers, upstream
    systems, a monitor and an agent. Exit code 0 only if exactly what should have arrived has arrived. On a terminal
    it stays up afterwards, to be looked at, until Ctrl-C.
    """
    raise typer.Exit(run_demo(as_json, exit_when_done, svg))
