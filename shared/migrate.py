"""Roles, schemas and numbered SQL: one login role and one schema a service, rights on nothing else.

Run by the owner of the database (`upheld migrate`); a migration runs once, in order, in its own transaction.
"""

import contextlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import asyncpg

from shared.settings import SERVICES, Settings, schema_of

_LOCK = 7_304_117_001  # two migrations at once: the second waits


async def migrate(settings: Settings, services: tuple[str, ...] = SERVICES) -> list[str]:
    """Bring every schema up to date; returns the names of the migrations that were applied."""
    conn = await asyncpg.connect(settings.database_url.get_secret_value(), timeout=10)
    try:
        # Roles belong to the whole cluster, so the lock must too: it is taken in every database's own space,
        # and a role that another database's run creates meanwhile is not an error.
        await conn.execute("SELECT pg_advisory_lock($1)", _LOCK)
        database = await conn.fetchval("SELECT current_database()")
        await conn.execute(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')
        await conn.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        applied: list[str] = []
        for service in services:
            await _prepare(conn, settings, service, database)
            applied += await _apply(conn, service)
        return applied
    finally:
        await conn.close()


async def _prepare(conn: "asyncpg.Connection[asyncpg.Record]", settings: Settings, service: str, database: str) -> None:
    schema = schema_of(service)
    role = f"upheld_{schema}"
    password = settings.role_password(service)
    exists = await conn.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", role)
    if not exists:
        # Another database's run on the same cluster may create it in this moment.
        with contextlib.suppress(asyncpg.DuplicateObjectError, asyncpg.UniqueViolationError):
            await conn.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{password}'")
    # The migrating owner acts as the role, so that the role owns its tables.
    if not await conn.fetchval("SELECT pg_has_role(current_user, $1, 'MEMBER')", role):
        await conn.execute(f"GRANT {role} TO CURRENT_USER")
    await conn.execute(f'GRANT CONNECT ON DATABASE "{database}" TO {role}')
    await conn.execute(f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {role}")


async def _apply(conn: "asyncpg.Connection[asyncpg.Record]", service: str) -> list[str]:
    schema = schema_of(service)
    await conn.execute(f"SET ROLE upheld_{schema}")
    await conn.execute(f"SET search_path TO {schema}")
    try:
        await conn.execute(
            "CREATE TABLE IF NOT EXISTS migration "
            "(name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())"
        )
        known = {row["name"] for row in await conn.fetch("SELECT name FROM migration")}
        applied = []
        for name, sql in _migrations(service):
            if name not in known:
                async with conn.transaction():
                    await conn.execute(sql)
                    await conn.execute("INSERT INTO migration (name) VALUES ($1)", name)
                applied.append(f"{service}: {name}")
        return applied
    finally:
        await conn.execute("RESET ROLE")
        await conn.execute("RESET search_path")


def _migrations(service: str) -> Iterator[tuple[str, str]]:
    for package, prefix in (("shared", "shared/"), (f"services.{schema_of(service)}", "")):
        folder: Traversable = files(package) / "migrations"
        for entry in sorted(folder.iterdir(), key=lambda item: item.name):
            if entry.name.endswith(".sql"):
                yield prefix + entry.name, entry.read_text("utf-8")


async def pending(conn: "asyncpg.Connection[asyncpg.Record]", service: str) -> list[str]:
    """The migrations that this schema still lacks; asked at start with the service's own role."""
    if not await conn.fetchval("SELECT to_regclass($1) IS NOT NULL", f"{schema_of(service)}.migration"):
        return [name for name, _ in _migrations(service)]
    known = {row["name"] for row in await conn.fetch("SELECT name FROM migration")}
    return [name for name, _ in _migrations(service) if name not in known]
