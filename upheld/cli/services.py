"""`upheld run`: one service as this process, as containers and supervisors start it."""

from __future__ import annotations

import importlib
from typing import Annotated, Literal

import asyncpg
import typer

from shared.db import Database
from shared.settings import Settings, schema_of
from upheld.cli.common import examples, run, settings_of
from upheld.client import require_topics
from upheld.errors import Unreachable

ServiceName = Literal["intake", "triage", "status-monitor", "notifier"]


def run_service(
    service: Annotated[ServiceName, typer.Argument(help="Which of the four.")],
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="Of its HTTP server; 0 picks a free one. Default: 8101 intake, 8102 triage, "
            "8103 status-monitor, 8104 notifier (or UPHELD_PORT).",
        ),
    ] = None,
) -> None:
    """Run one service until it is told to stop (SIGTERM or Ctrl-C): it finishes what is in flight, and exits with 0.

    It logs to stderr, and says what it lacks at /readyz. Replicas share the work: run it again on another port.
    """
    settings = settings_of()
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    run(_check(settings, service))
    from shared.service.process import run as serve

    module = importlib.import_module(f"services.{schema_of(service)}.app")
    raise typer.Exit(serve(module.service, settings))


async def _check(settings: Settings, service: str) -> None:
    """What only an operator can mend is said at once, and without a trace."""
    try:
        await (await Database(service, settings).connect()).close()
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError, ValueError) as error:
        raise no_postgres(settings.dsn(service), error) from None
    await require_topics(settings)


def no_postgres(dsn: str, error: Exception) -> Unreachable:
    """Postgres does not answer, or does not let us in; the address is told without its password."""
    place = dsn.rpartition("@")[2] or dsn
    match error:
        case asyncpg.InvalidCatalogNameError():
            hint = "Create the database (createdb), or set UPHELD_DATABASE_URL to one that exists."
        case asyncpg.InvalidAuthorizationSpecificationError():  # a wrong password too
            hint = (
                "The services' roles are made by: upheld migrate. The owner's name and password are in "
                "UPHELD_DATABASE_URL."
            )
        case _:
            hint = "Start it (upheld up brings its own), or set UPHELD_DATABASE_URL."
    return Unreachable(f"Postgres at {place}: {str(error) or type(error).__name__}.", hint=hint)


EXAMPLES = examples(
    "upheld run intake",
    "upheld run triage --port 0",
    "UPHELD_LOG_FORMAT=console upheld run status-monitor",
)
