"""`upheld migrate` and `upheld topics`: what must be there before a service starts."""

from __future__ import annotations

import asyncpg
import typer

from shared.consumer.topics import create_topics, missing_topics, partitions_of
from shared.migrate import migrate as migrate_schemas
from shared.settings import Settings
from upheld.cli.common import JsonFlag, console, examples, group, print_json, run, settings_of
from upheld.cli.services import no_postgres
from upheld.client import KafkaError, no_kafka

topics = group("Create the topics, or check that they are there. Nothing else creates one.")


def migrate(as_json: JsonFlag = False) -> None:
    """Bring roles and schemas up to date: one login role and one schema a service. Safe to run again."""
    applied = run(apply_migrations(settings_of()))
    if as_json:
        print_json({"applied": applied})
    else:
        for name in applied:
            console().print(f"applied {name}")
        if not applied:
            console().print("Every schema is up to date.")


async def apply_migrations(settings: Settings) -> list[str]:
    """As the database's owner."""
    try:
        return await migrate_schemas(settings)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError, ValueError) as error:
        raise no_postgres(settings.database_url.get_secret_value(), error) from None


MIGRATE_EXAMPLES = examples(
    "upheld migrate",
    "UPHELD_DATABASE_URL=postgresql://owner:secret@db:5432/upheld upheld migrate --json",
)


@topics.command(
    "create", epilog=examples("upheld topics create", "UPHELD_PARTITIONS=48 UPHELD_REPLICATION=3 upheld topics create")
)
def create(as_json: JsonFlag = False) -> None:
    """Create the topics that are missing, with their retention; those that exist stay as they are.

    The number of partitions (UPHELD_PARTITIONS, 12) is fixed here: adding some later moves keys. The compacted ones
    (accounts, policies, access) have one each.
    """
    settings = settings_of()
    created = run(make_topics(settings))
    if as_json:
        print_json({"created": created})
    else:
        for name in created:
            count = partitions_of(settings, name.removeprefix(settings.topic_prefix))
            console().print(f"created {name} ({count} partition{'' if count == 1 else 's'})")
        if not created:
            console().print("All topics are there.")


async def make_topics(settings: Settings) -> list[str]:
    """The names of those that were missing."""
    try:
        return await create_topics(settings)
    except (KafkaError, OSError, TimeoutError) as error:
        raise no_kafka(settings, error) from None


@topics.command("check", epilog=examples("upheld topics check && upheld run intake"))
def check(as_json: JsonFlag = False) -> None:
    """Say which topics are missing; exit code 1 if any is."""
    missing = run(_missing(settings_of()))
    if as_json:
        print_json({"missing": missing})
    else:
        for name in missing:
            console().print(f"missing {name}")
        console().print("Create them: upheld topics create" if missing else "All topics are there.")
    if missing:
        raise typer.Exit(1)


async def _missing(settings: Settings) -> list[str]:
    try:
        return await missing_topics(settings)
    except (KafkaError, OSError, TimeoutError) as error:
        raise no_kafka(settings, error) from None
