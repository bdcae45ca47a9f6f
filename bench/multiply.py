"""Fills an installation's tables with many tickets, in the shape of those that the real services wrote.

Each row of the real tickets is copied by SQL over a generate_series: ids become others, the same in every table of a
schema; times lie further back, what is due comes later; everything else, sizes too, stays as a service wrote it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from bench.house import House
from shared.settings import SERVICES, schema_of

_PREFIX = "bench_"
"""Of the schemas that hold the templates."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `distinct` and `length` of what real rows have in it, `unique` where an index says so."""

    name: str
    type: str
    unique: bool
    distinct: int
    length: int


async def keep_templates(house: House, services: Sequence[str] = SERVICES) -> None:
    """What the tables of these services hold now is what is multiplied from now on."""
    for schema in map(schema_of, services):
        await house.owner.execute(f"CREATE SCHEMA {_PREFIX}{schema}")
        tickets = await house.owner.fetchval(f"SELECT count(*) FROM {schema}.tickets")
        for table in await _tables(house.owner, schema):
            # What does not grow with the tickets (reference data, pages) is left alone.
            if await house.owner.fetchval(f"SELECT count(*) FROM {schema}.{table}") >= tickets:
                await house.owner.execute(f"CREATE TABLE {_PREFIX}{schema}.{table} AS SELECT * FROM {schema}.{table}")


async def multiply(house: House, times: int, services: Sequence[str] = SERVICES) -> None:
    """Every table of these services holds its template and so many copies of it, analyzed. None of them may run."""
    await asyncio.gather(*(_multiply(house, schema_of(service), times) for service in services))
    await house.owner.execute("ANALYZE")
    # What was inserted is no reason for autovacuum to go to work in the middle of a measurement.
    await house.owner.execute("SELECT pg_stat_reset()")
    await house.owner.execute("CHECKPOINT")


async def _multiply(house: House, schema: str, times: int) -> None:
    conn = await asyncpg.connect(house.database_url)
    try:
        tickets = await conn.fetchval(f"SELECT count(*) FROM {_PREFIX}{schema}.tickets")
        for table in await _tables(conn, _PREFIX + schema):
            template = f"{_PREFIX}{schema}.{table}"
            columns = await _columns(conn, schema, table, template)
            names = ", ".join(f'"{column.name}"' for column in columns)
            copies = ", ".join(copied(column, tickets) for column in columns)
            async with conn.transaction():  # emptied and filled in one transaction, it needs no WAL
                await conn.execute(f"TRUNCATE {schema}.{table}")
                await conn.execute(f"INSERT INTO {schema}.{table} ({names}) SELECT {names} FROM {template}")
                await conn.execute(
                    f"INSERT INTO {schema}.{table} ({names}) "
                    f"SELECT {copies} FROM generate_series(1, {times}) AS g CROSS JOIN {template} AS t"
                )
    finally:
        await conn.close()


def copied(column: Column, tickets: int) -> str:
    """The expression of a column in copy number `g` of a template's row `t`."""
    name = f't."{column.name}"'
    if column.type == "uuid":
        return f"md5({name}::text || '/' || g)::uuid"
    if column.type == "timestamp with time zone":
        if "due" in column.name:
            return f"{name} + interval '30 days'"
        return f"{name} - g * interval '1 second'"
    if column.type == "text" and column.unique and column.distinct >= tickets:
        if column.length == 36:
            return f"md5({name} || '/' || g)::uuid::text"
        return f"md5({name} || '/' || g)" if column.length == 32 else f"{name} || '-' || g"
    return name


async def _tables(conn: asyncpg.Connection[asyncpg.Record], schema: str) -> list[str]:
    rows = await conn.fetch(
        "SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = $1 AND c.relkind = 'r' ORDER BY c.relname",
        schema,
    )
    return [row["name"] for row in rows]


async def _columns(conn: asyncpg.Connection[asyncpg.Record], schema: str, table: str, template: str) -> list[Column]:
    rows = await conn.fetch(
        """
        SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type,
            EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique
                    AND a.attnum = ANY(i.indkey::smallint[])) AS unique
        FROM pg_attribute a
        WHERE a.attrelid = $1::text::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = ''
            AND a.attgenerated = ''
        ORDER BY a.attnum
        """,
        f"{schema}.{table}",
    )
    found = []
    for row in rows:
        distinct = length = 0
        if row["type"] == "text" and row["unique"]:
            seen = await conn.fetchrow(
                f"SELECT count(DISTINCT name) AS distinct, coalesce(max(length(name)), 0) AS length "
                f'FROM (SELECT "{row["name"]}" AS name FROM {template}) AS given'
            )
            assert seen is not None
            distinct, length = seen["distinct"], seen["length"]
        found.append(Column(row["name"], row["type"], row["unique"], distinct, length))
    return found
