"""What customers and agents do over HTTP while everything fails: each act is repeated with its key until answered."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from tests.crash.world import HTTP_ACCOUNTS, Customers, Json, keys

AGAIN = {401, 500, 503}
"""401: the replica asked has not read the key yet. 503: the outcome is not known."""
PATIENCE = 90.0
"""Seconds after which an act that nobody answers is a failure of its own: no fault lasts that long."""


class Callers:
    """Customers report and reply; agents work on what was reported, decide priorities, rule, and plan anew."""

    def __init__(self, config: Json, note: Callable[..., None], stopping: asyncio.Event) -> None:
        self._config = config
        self._note = note
        self._customers = Customers(config["seed"], "http")
        self._stopping = stopping
        self._chance = random.Random(f"{config['seed']} http")
        self._count = itertools.count(1)
        self._keys = {name: token for name, (_, token) in keys().items()}
        self._turn = itertools.count()
        self._client = httpx2.AsyncClient(timeout=8, trust_env=False)

    async def run(self) -> None:
        tasks: set[asyncio.Task[None]] = set()
        async with self._client:
            while not self._stopping.is_set():
                tasks.add(asyncio.create_task(self._case()))
                try:
                    await asyncio.wait_for(self._stopping.wait(), self._chance.expovariate(self._config["http_rate"]))
                except TimeoutError:
                    continue
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _case(self) -> None:
        """One customer's case, from its report to whatever happens to it."""
        account = self._chance.choice(HTTP_ACCOUNTS)
        issue = self._customers.issue(account)
        key = f"case-{next(self._count)}"
        path = "/v1/issues"
        fate = self._chance.random()
        answer = await self._act("issue", "intake", path, account, issue, key)
        if answer is None:
            return
        if fate < 0.1:
            await self._act("issue", "intake", path, account, issue, key)
        number = answer["ticket"]["number"]
        todo: list[Coroutine[Any, Any, Any]] = []
        if issue.get("environment") is None or fate > 0.8:
            todo.append(
                self._reply(
                    account,
                    number,
                    f"{key}/reply",
                    {
                        "body": f"[account={account}] it is production",
                        "environment": "production",
                        "impact": "degraded",
                    },
                )
            )
        if fate < 0.5:
            todo.append(self._work(number, key, close=fate < 0.15, account=account))
        if 0.5 < fate < 0.55:
            todo.append(self._decide(number, key))
        if 0.55 < fate < 0.65:
            todo.append(self._rule(number, key))
        if 0.65 < fate < 0.85:
            todo.append(self._replan(number, key))
        await asyncio.gather(*todo)

    async def _reply(self, account: str, number: str, key: str, body: Json) -> None:
        await asyncio.sleep(self._chance.uniform(0.5, 4))
        await self._act("reply", "intake", f"/v1/tickets/{number}/replies", account, body, key)

    async def _work(self, number: str, key: str, *, close: bool, account: str) -> None:
        """An agent takes the ticket on, and resolves it; perhaps the customer is done then, or not at all."""
        path = f"/v1/tickets/{number}/updates"
        for step, body in (
            ("begin", {"state": "in progress", "message": "We are looking into it."}),
            ("note", {"internal": True, "message": "Looks like the carrier."}),
            ("end", {"state": "resolved", "message": "It works again."}),
        ):
            await asyncio.sleep(self._chance.uniform(0.2, 3))
            await self._matched("update", "status-monitor", path, body, f"{key}/{step}")
        if close:
            await self._reply(account, number, f"{key}/done", {"close": True})
            await self._reply(account, number, f"{key}/again", {"body": f"[account={account}] it fails again"})

    async def _decide(self, number: str, key: str) -> None:
        body = {"priority": "P2", "reason": "Agreed on the phone."}
        await self._matched("priority", "triage", f"/v1/tickets/{number}/priority", body, f"{key}/priority")

    async def _rule(self, number: str, key: str) -> None:
        """Two intervals under a clause, some of it still to come; then the first is taken back."""
        begin = datetime.now(UTC)
        ends = [(begin + timedelta(seconds=seconds)).isoformat() for seconds in (-1, 3, 5, 9)]
        first, second = ({"from": ends[0], "to": ends[1]}, {"from": ends[2], "to": ends[3]})
        accept = {"clause": "B.5.f", "ruling": "accept", "evidence": "The carrier's notice."}
        for step, body in (
            ("first", {**accept, **first, "reason": "A carrier failed."}),
            ("second", {**accept, **second, "reason": "It failed again."}),
            ("back", {"clause": "B.5.f", "ruling": "reject", **first, "reason": "The first was our own."}),
        ):
            await asyncio.sleep(self._chance.uniform(0.2, 2))
            path = f"/v1/tickets/{number}/exclusions"
            await self._matched("exclusion", "triage", path, body, f"{key}/{step}")

    async def _replan(self, number: str, key: str) -> None:
        """Some of these are open when their account comes to another plan."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._chance.uniform(2, 30))
        body = {"reason": "They upgraded."}
        await self._matched("plan", "triage", f"/v1/tickets/{number}/plan", body, f"{key}/plan")

    async def _matched(self, act: str, service: str, path: str, body: Json, key: str) -> None:
        """With If-Match: the first try without it is told the sequence, as is one that the ticket has overtaken."""
        sequence: int | None = None
        for _ in range(10):
            answer = await self._call(service, path, "agent", body, key, sequence)
            if answer.status_code not in (412, 428):
                self._write(act, key, answer, body, "")
                return
            sequence = answer.json().get("sequence", 1)  # triage names it only where one was sent

    async def _act(self, act: str, service: str, path: str, account: str, body: Json, key: str) -> Json | None:
        answer = await self._call(service, path, account, body, key, None)
        return self._write(act, key, answer, body, account)

    def _write(self, act: str, key: str, answer: httpx2.Response, body: Json, account: str) -> Json | None:
        said: Json = answer.json()
        self._note(
            "http", act=act, key=key, status=answer.status_code, answer=said, body=body, source="", account=account
        )
        return said if answer.is_success else None

    async def _call(
        self, service: str, path: str, who: str, body: Json, key: str, if_match: int | None
    ) -> httpx2.Response:
        """One replica or the other, until one of them answers for good."""
        headers = {"authorization": f"Bearer {self._keys[who]}", "idempotency-key": key}
        if if_match is not None:
            headers["if-match"] = str(if_match)
        urls: list[str] = self._config["urls"][service]
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            url = urls[next(self._turn) % len(urls)]
            try:
                answer = await self._client.post(url + path, json=body, headers=headers)
                early = answer.status_code == 404 and "retry-after" in answer.headers
                if answer.status_code not in AGAIN and not early:
                    return answer
            except httpx2.TransportError:
                pass
            await asyncio.sleep(0.3)
        self._note("unanswered", key=key, path=path)
        raise TimeoutError(f"{path} with key {key} was not answered within {PATIENCE} s")
