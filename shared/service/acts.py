"""Acts over HTTP by group commit: one writer takes what queued up during its last commit, as one transaction.

- Each act has its own verdict; an exception falls back to one by one; a disconnect cancels nobody.
- An act is repeated safely by its Idempotency-Key: the stored verdict comes back, another body is 422.
- A commit of which nothing is known is 503: the retry answers rightly.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from pydantic import BaseModel

from shared.consumer.failures import describe, is_transient
from shared.db import Database, Tx
from shared.envelope import MAX_ATTRIBUTE, Envelope, trace_of
from shared.ids import act_id
from shared.observability import Metrics, log
from shared.service.http import Caller, Problem

GROUP = 200
WAIT_FOR_TICKET = 2.0
Verdict = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a caller wants done; `id` is its identity, the same on every retry."""

    id: str
    caller: Caller
    kind: str
    payload: Any
    number: str | None
    if_match: int | None
    fingerprint: str
    received_at: datetime
    cause: Envelope
    """What the events of this act name as their cause: the request's trace and correlation go on."""


Handler = Callable[[Tx, Sequence[Act]], Awaitable[Sequence[Verdict | Problem]]]


class Acts:
    """The queue and its one writer; supervised by the service."""

    def __init__(self, db: Database, handler: Handler, metrics: Metrics) -> None:
        self._db = db
        self._handler = handler
        self._metrics = metrics
        self._queue: asyncio.Queue[tuple[Act, asyncio.Future[Verdict]]] = asyncio.Queue(maxsize=5000)
        self._conn: Any = None

    async def submit(self, act: Act) -> Verdict:
        """Queue the act and wait for its verdict. Raises the Problem that it met."""
        deadline = asyncio.get_running_loop().time() + WAIT_FOR_TICKET
        pause = 0.02
        while True:
            future: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
            try:
                self._queue.put_nowait((act, future))
            except asyncio.QueueFull:
                raise Problem(503, "Too many requests wait; try again.", headers={"Retry-After": "1"}) from None
            try:
                verdict = await asyncio.shield(future)
            except Problem as problem:
                if not problem.wait or asyncio.get_running_loop().time() + pause > deadline:
                    self._metrics.acts.labels(self._metrics.service, act.kind, str(problem.status)).inc()
                    raise
                await asyncio.sleep(pause)
                pause = min(pause * 2, 0.25)
            else:
                self._metrics.acts.labels(self._metrics.service, act.kind, "ok").inc()
                return verdict

    async def run(self) -> None:
        """Take what is there, do it in one transaction, answer each."""
        try:
            while True:
                group = [await self._queue.get()]
                while len(group) < GROUP and not self._queue.empty():
                    group.append(self._queue.get_nowait())
                await self._answer(group)
        finally:
            self._drop()

    def _drop(self) -> None:
        """The next group has a new connection: of this one nothing is known."""
        if self._conn is not None:
            self._conn.terminate()
            self._conn = None

    async def _answer(self, group: list[tuple[Act, asyncio.Future[Verdict]]]) -> None:
        try:
            with self._traced(group):
                verdicts = await self._do([act for act, _ in group])
        except Exception as error:
            self._drop()
            if is_transient(error):
                log.warning("acts not committed, or not known to be", acts=len(group), error=describe(error))
                again = {"Retry-After": "1"}
                verdicts = [
                    Problem(
                        503,
                        "Whether this was done is not known; send it again with its Idempotency-Key.",
                        headers=again,
                    )
                    for _ in group
                ]
                self._deliver(group, verdicts)
                return
            if len(group) > 1:
                for one in group:
                    await self._answer([one])
                return
            log.error("act failed", kind=group[0][0].kind, error=f"{type(error).__name__}: {error}", exc_info=True)
            verdicts = [Problem(500, "Something here is broken; it was logged.")]
        self._deliver(group, verdicts)

    def _traced(self, group: list[tuple[Act, asyncio.Future[Verdict]]]) -> contextlib.AbstractContextManager[None]:
        if self._db.tracing is None:
            return contextlib.nullcontext()
        return self._db.tracing.work("acts", [act.cause.traceparent for act, _ in group])

    @staticmethod
    def _deliver(group: list[tuple[Act, asyncio.Future[Verdict]]], verdicts: Sequence[Verdict | Problem]) -> None:
        for (_, future), verdict in zip(group, verdicts, strict=True):
            if future.done():
                continue
            if isinstance(verdict, Problem):
                future.set_exception(verdict)
                future.exception()  # whoever asked may be gone
            else:
                future.set_result(verdict)

    async def _do(self, acts: list[Act]) -> Sequence[Verdict | Problem]:
        """The same identity twice in a group: the second one finds the first one's verdict."""
        first: dict[str, Act] = {}
        for act in acts:
            first.setdefault(act.id, act)
        if self._conn is None or self._conn.is_closed():
            self._conn = await self._db.connect()
        async with self._db.transaction(self._conn) as tx:
            stored = await self._claim(tx, list(first.values()))
            todo = [act for act in first.values() if act.id not in stored]
            verdicts = await self._handler(tx, todo) if todo else []
            done = {act.id: verdict for act, verdict in zip(todo, verdicts, strict=True)}
            await self._settle(tx, done)
        answers: list[Verdict | Problem] = []
        for act in acts:
            fingerprint, verdict = stored.get(act.id) or (first[act.id].fingerprint, done[act.id])
            if fingerprint != act.fingerprint:
                verdict = Problem(422, "This Idempotency-Key was used before, with another request.")
            answers.append(verdict)
        return answers

    async def _claim(self, tx: Tx, acts: list[Act]) -> dict[str, tuple[str, Verdict | Problem]]:
        """Insert what is new (a concurrent same one waits here); returns fingerprint and verdict of what is not.

        The transaction learns what the claim of a batch tells it too: the time, and the versions of the reference data.
        """
        ordered = sorted(acts, key=lambda act: act.id)
        ids = [act.id for act in ordered]
        rows = await tx.conn.fetch(
            """
            WITH new AS (
                INSERT INTO acts (id, fingerprint)
                SELECT id, fingerprint FROM unnest($1::text[], $2::text[]) AS act (id, fingerprint) ORDER BY id
                ON CONFLICT DO NOTHING RETURNING id
            )
            SELECT id, NULL AS version, NULL::timestamptz AS now FROM new
            UNION ALL SELECT name, version, NULL FROM reference
            UNION ALL SELECT NULL, NULL, clock_timestamp()
            """,
            ids,
            [act.fingerprint for act in ordered],
        )
        tx.began_at = next(row["now"] for row in rows if row["now"] is not None)
        tx.versions = {row["id"]: row["version"] for row in rows if row["version"] is not None}
        new = {row["id"] for row in rows if row["version"] is None and row["now"] is None}
        if len(new) == len(ids):
            return {}
        old = await tx.conn.fetch(
            "SELECT id, fingerprint, verdict FROM acts WHERE id = ANY($1::text[])", [id for id in ids if id not in new]
        )
        return {row["id"]: (row["fingerprint"], json.loads(row["verdict"])) for row in old}

    async def _settle(self, tx: Tx, done: dict[str, Verdict | Problem]) -> None:
        """What was done keeps its verdict; what was refused may be tried again."""
        kept = {id: json.dumps(v) for id, v in sorted(done.items()) if not isinstance(v, Problem)}
        if kept:
            await tx.save(
                "settled AS (UPDATE acts SET verdict = given.verdict "
                "FROM unnest($1::text[], $2::text[]) AS given (id, verdict) WHERE acts.id = given.id)",
                list(kept),
                list(kept.values()),
            )
        if refused := sorted(id for id, verdict in done.items() if isinstance(verdict, Problem)):
            await tx.conn.execute("DELETE FROM acts WHERE id = ANY($1::text[])", refused)


def act_of(
    request: Request,
    caller: Caller,
    kind: str,
    payload: BaseModel,
    number: str | None,
    received_at: datetime,
    trace: str | None = None,
) -> Act:
    """The act that a request asks for. `trace` is where its trace goes on, else it is where the caller's header says.

    Raises Problem for headers that are not as they must be.
    """
    key = request.headers.get("idempotency-key")
    if key is not None and not 1 <= len(key) <= 200:
        raise Problem(400, "An Idempotency-Key has 1 to 200 characters.")
    identity = act_id(caller.key_id, f"{kind}/{key}") if key else str(uuid.uuid4())
    correlation = request.headers.get("x-correlation-id")
    if correlation is not None and not 1 <= len(correlation) <= MAX_ATTRIBUTE:
        raise Problem(400, f"An X-Correlation-Id has 1 to {MAX_ATTRIBUTE} characters.")
    trace = trace or trace_of(request.headers.get("traceparent"))
    cause = Envelope(identity, "http", kind, number, received_at, None, trace, correlation or identity)
    fingerprint = hashlib.sha256(f"{number}\n{payload.model_dump_json()}".encode()).hexdigest()
    return Act(
        identity,
        caller,
        kind,
        payload,
        number,
        _if_match(request.headers.get("if-match")),
        fingerprint,
        received_at,
        cause,
    )


def _if_match(value: str | None) -> int | None:
    if value is None:
        return None
    digits = value.strip().removeprefix("W/").strip('"')
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise Problem(400, f"If-Match is the sequence of this service's last event on the ticket, not {value!r}.")
    return int(digits)
