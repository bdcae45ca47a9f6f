"""What routes that report may be asked: for which time, of which account, and in which form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from fastapi import Query, Request, Response

from shared.service.http import Caller, Problem
from shared.spreadsheet import CSV, as_csv

Format = Literal["json", "csv"]
FROM = Query(None, alias="from", description="From then on: a date (midnight UTC), or a time with its zone.")
TO = Query(None, description="Until then, which is not in it: a date (midnight UTC), or a time with its zone.")
FORMAT = Query(None, description="Default: what `Accept` asks for, else json.")
AS_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: {"schema": {"type": "string"}}}}}
"""For the contract of a route that also answers CSV."""


def moment_of(name: str, value: str | None) -> datetime | None:
    """A date as its midnight in UTC, or a time with its zone. Raises Problem 422."""
    if value is None:
        return None
    try:
        if len(value) == len("2026-03-01"):
            return datetime.combine(date.fromisoformat(value), time(), UTC)
        at = datetime.fromisoformat(value)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise wrong(name, "write a date such as 2026-03-01, or a time with its zone such as 2026-03-01T00:00:00Z")


def wrong(name: str, message: str) -> Problem:
    """A parameter that is not as it must be."""
    errors = [{"field": f"query.{name}", "message": message}]
    return Problem(422, "Some parameters are not as they must be.", errors=errors)


def account_of(caller: Caller, account: str | None) -> str | None:
    """Whose: a customer's is its own, all others may ask for any. Raises Problem 403."""
    if caller.role != "customer":
        return account
    if account not in (None, caller.account):
        raise Problem(403, f"This key speaks for account {caller.account}, not for {account}.")
    return caller.account


def wants_csv(request: Request, format: Format | None) -> bool:
    """By `format`, else by `Accept`."""
    accept = request.headers.get("accept", "")
    return format == "csv" if format is not None else CSV in accept and "application/json" not in accept


def sheet(columns: Sequence[str], rows: Iterable[Sequence[str | float | None]], name: str, **headers: str) -> Response:
    """The table as a file of this name."""
    headers["content-disposition"] = f'attachment; filename="{name}.csv"'
    return Response(as_csv(columns, rows), media_type=f"{CSV}; charset=utf-8; header=present", headers=headers)
