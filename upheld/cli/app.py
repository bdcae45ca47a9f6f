"""The command's table of contents."""

from __future__ import annotations

from importlib.metadata import version as installed
from typing import Annotated

import typer

from upheld.cli import (
    accounts,
    acts,
    amendments,
    demo,
    evidence,
    incidents,
    installation,
    issues,
    keys,
    letters,
    notifications,
    policies,
    renewals,
    replay,
    reports,
    services,
    sla,
    tickets,
    triage,
    up,
)
from upheld.cli.common import Commands, examples

app = typer.Typer(
    name="upheld",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("upheld demo", "upheld up", "upheld issue report --help"),
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"upheld {installed('upheld')}")
        raise typer.Exit


@app.callback()
def upheld(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Runs the support process that a platform promises in its SLA.

    Addresses and the API key come from the environment: UPHELD_KAFKA_BOOTSTRAP_SERVERS, UPHELD_DATABASE_URL,
    UPHELD_INTAKE_URL (and so on for triage, status-monitor, notifier), UPHELD_API_KEY.

    Exit codes: 0 done, 1 refused or not there, 2 asked for wrongly, 3 something could not be reached, 130 Ctrl-C.
    """


acts.add_to(tickets.ticket)
incidents.add_to(tickets.ticket)
evidence.add_to(tickets.ticket)
amendments.add_to(policies.policy)
renewals.add_to(accounts.account)
sla.sla.command("replay", epilog=replay.EXAMPLES)(replay.replay_policy)

app.command("up", epilog=up.EXAMPLES)(up.up)
app.command("run", epilog=services.EXAMPLES)(services.run_service)
app.command("demo", epilog=demo.EXAMPLES)(demo.demo)
app.command("migrate", epilog=installation.MIGRATE_EXAMPLES)(installation.migrate)
app.add_typer(installation.topics, name="topics")
app.add_typer(policies.policy, name="policy")
app.add_typer(sla.sla, name="sla")
app.add_typer(accounts.account, name="account")
app.add_typer(keys.key, name="key")
app.add_typer(issues.issue, name="issue")
app.add_typer(tickets.ticket, name="ticket")
app.add_typer(incidents.incident, name="incident")
app.add_typer(triage.triage, name="triage")
app.add_typer(reports.report, name="report")
app.add_typer(notifications.notifications, name="notifications")
app.add_typer(letters.letters, name="dead-letters")
