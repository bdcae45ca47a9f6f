"""What a service wrote for each event: rows by table and their size, read from its own schema after it has stopped."""

from __future__ import annotations

from bench.house import House
from bench.raw import Shape
from shared.settings import schema_of

BOOKKEEPING = frozenset({"inbox", "seen", "outbox"})
"""What makes delivery exactly once in effect; the raw loop has nothing of the kind."""
_REFERENCE = frozenset({"accounts", "policies", "access", "migration", "late_accounts", "dead_letter"})
_SAMPLE = 2000


async def shape_of(house: House, service: str, events: int, out: int, out_bytes: int) -> tuple[Shape, Shape]:
    """For each of `events`: all rows that the service wrote; and those of its own tables alone, without BOOKKEEPING.

    Inserts and updates both write a row. Its backends must have ended: they report what they wrote when they do.
    """
    schema = schema_of(service)
    rows: dict[str, tuple[float, int]] = {}
    for found in await house.owner.fetch(
        "SELECT relname AS name, n_tup_ins + n_tup_upd AS written FROM pg_stat_user_tables WHERE schemaname = $1 "
        "ORDER BY relname",
        schema,
    ):
        if found["written"] and found["name"] not in _REFERENCE:
            size = out_bytes if found["name"] == "outbox" else await _row_bytes(house, schema, found["name"])
            rows[found["name"]] = (found["written"] / events, size)
    own = {name: row for name, row in rows.items() if name not in BOOKKEEPING}
    each = out / events
    return Shape(rows, each, out_bytes), Shape(own, each, out_bytes)


async def _row_bytes(house: House, schema: str, table: str) -> int:
    """The mean size of a row's columns as they are stored (compressed where they are)."""
    columns = await house.owner.fetchval(
        "SELECT string_agg(format('coalesce(pg_column_size(%I), 0)', column_name), ' + ') "
        "FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2",
        schema,
        table,
    )
    return int(
        await house.owner.fetchval(
            f"SELECT coalesce(avg({columns}), 0)::int FROM (SELECT * FROM {schema}.{table} LIMIT {_SAMPLE}) AS sample"
        )
    )
