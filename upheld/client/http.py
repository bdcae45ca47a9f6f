"""How the command and the demo speak with the services' HTTP APIs.

- Every act carries an Idempotency-Key, made before the first try, so that its own retries are safe.
- What a service refuses is `Refused` with its fields; what does not answer is `Unreachable` with what to start.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx2

from shared.settings import SERVICES, Settings, schema_of
from upheld.errors import Misused, Refused, Unreachable

Json = dict[str, Any]
TRIES = 5


class Client:
    """The HTTP APIs of an installation, with one API key; an async context manager."""

    def __init__(self, settings: Settings, key: str | None = None) -> None:
        self.settings = settings
        given = key or (settings.api_key.get_secret_value() if settings.api_key else None)
        headers = {"accept": "application/json", "user-agent": "upheld"}
        if given is not None:
            if not given.isascii() or not given.isprintable():
                raise Misused("UPHELD_API_KEY is not an API key.", hint="A key looks like uph_<id>_<secret>.")
            headers["authorization"] = f"Bearer {given}"
        self._has_key = given is not None
        self._http = httpx2.AsyncClient(headers=headers, timeout=httpx2.Timeout(35, connect=5), trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    # intake: where customers speak and tickets are read

    async def report(self, issue: Json, *, idempotency_key: str | None = None) -> Json:
        """{ticket: {id, number}, issue_id, duplicate}"""
        return await self.act("intake", "/v1/issues", issue, idempotency_key=idempotency_key)

    async def reply(self, number: str, said: Json, *, idempotency_key: str | None = None) -> Json:
        return await self.act("intake", f"/v1/tickets/{_part(number)}/replies", said, idempotency_key=idempotency_key)

    async def tickets(self, **filters: str | int | None) -> Json:
        """One page, {tickets, next}; filters: limit, cursor, state, priority, account."""
        return await self.get("intake", "/v1/tickets", filters)

    async def ticket(self, number: str) -> Json:
        return await self.get("intake", f"/v1/tickets/{_part(number)}")

    async def timeline(self, number: str) -> Json:
        return await self.get("intake", f"/v1/tickets/{_part(number)}/timeline")

    # triage and status-monitor: where agents act

    async def decide_priority(self, number: str, priority: str, reason: str, *, if_match: int | None = None) -> Json:
        """An agent's decision on the ticket as `if_match` saw it; without it, as it is now."""
        body = {"priority": priority, "reason": reason}
        return await self._act_on("triage", number, "priority", body, if_match)

    async def rule_on_exclusion(self, number: str, ruling: Json, *, if_match: int | None = None) -> Json:
        """An agent's ruling on an exclusion: clause, ruling (accept or reject), reason, evidence, from, to."""
        return await self._act_on("triage", number, "exclusions", ruling, if_match)

    async def replan(self, number: str, reason: str, *, if_match: int | None = None) -> Json:
        """An agent's word that the ticket follows the account's plan and the policy as they are now."""
        return await self._act_on("triage", number, "plan", {"reason": reason}, if_match)

    async def update(self, number: str, change: Json, *, if_match: int | None = None) -> Json:
        """An agent's act: state, status, message, internal, ask."""
        return await self._act_on("status-monitor", number, "updates", change, if_match)

    async def link(self, number: str, change: Json, *, if_match: int | None = None) -> Json:
        """An agent's act on a link: {link | unlink | resolve: the number of a ticket of the provider's, reason}."""
        return await self._act_on("status-monitor", number, "links", change, if_match)

    async def incidents(self, **filters: str | int | None) -> Json:
        """One page, {incidents, next}; filters: limit, cursor, ongoing."""
        return await self.get("status-monitor", "/v1/incidents", filters)

    async def incident(self, number: str, **page: str | int | None) -> Json:
        """An incident with a page of its tickets: limit, cursor."""
        return await self.get("status-monitor", f"/v1/incidents/{_part(number)}", page)

    async def attainment(self, **asked: str | int | None) -> Json:
        """One page, {rows, total, next, ...}; asked: by, from, to, account, priority, clock, limit, cursor."""
        return await self.get("status-monitor", "/v1/reports/attainment", asked)

    async def detection(self, **asked: str | int | None) -> Json:
        """{months, incidents, ...}; asked: from, to."""
        return await self.get("status-monitor", "/v1/reports/detection", asked)

    async def recorded_facts(self, **asked: str | int | None) -> Json:
        """One page, {tickets, as_at, next}, by ticket id; asked: from, to, account, limit, cursor."""
        return await self.get("status-monitor", "/v1/reports/facts", asked)

    async def recorded_assessments(self, **asked: str | int | None) -> Json:
        """One page, {tickets, next}, by ticket id; asked: from, to, account, limit, cursor."""
        return await self.get("triage", "/v1/assessments", asked)

    async def assessments(self, number: str) -> Json:
        """All assessments of a ticket, each with what it rested on."""
        return await self.get("triage", f"/v1/tickets/{_part(number)}/assessments")

    async def policy(self, sha256: str) -> Json:
        """A version of the policy with the text of its file."""
        return await self.get("triage", f"/v1/policies/{_part(sha256)}")

    async def clocks(self, number: str, at: str) -> Json:
        """A ticket's clocks as they stood then: facts, ledger, readings, calendars, exclusions, links."""
        return await self.get("status-monitor", f"/v1/tickets/{_part(number)}/clocks", {"at": at})

    async def deliveries(self, ticket_id: str, **page: str | int | None) -> Json:
        """A page of what was sent of a ticket, by its id: {deliveries, waiting, next}."""
        return await self.get("notifier", f"/v1/tickets/{_part(ticket_id)}/deliveries", page)

    async def _act_on(self, service: str, number: str, what: str, body: Json, if_match: int | None) -> Json:
        """Reads the sequence first where none was given; the view may be a moment behind the service."""
        path, key = f"/v1/tickets/{_part(number)}/{what}", secrets.token_hex(16)
        if if_match is not None:
            return await self.act(service, path, body, if_match=if_match, idempotency_key=key)
        sequence = int((await self.ticket(number))["sequences"].get(service, 0))
        for again in range(TRIES):
            try:
                return await self.act(service, path, body, if_match=sequence, idempotency_key=key)
            except Refused as error:
                now = error.problem.get("sequence")
                if error.status != 412 or again == TRIES - 1 or not isinstance(now, int):
                    raise
                sequence = now
        raise AssertionError("unreachable")

    # every service

    async def dead_letters(self, service: str, **filters: str | int | None) -> Json:
        """{service, dead_letters}; filters: state, limit, after."""
        return await self.get(service, "/v1/dead-letters", filters)

    async def dead_letter(self, service: str, letter: int) -> Json:
        return await self.get(service, f"/v1/dead-letters/{letter}")

    async def settle(self, service: str, letter: int, *, discard: bool = False) -> Json:
        """Redrive a dead letter inside its service, or discard it; then what is parked behind it."""
        what = "discard" if discard else "redrive"
        # Once only: done twice it would be refused as settled already.
        return await self._call(service, "POST", f"/v1/dead-letters/{letter}/{what}", tries=1)

    async def missing(self, service: str) -> list[str] | None:
        """What a service says it lacks before it is ready; None where it does not answer."""
        try:
            answer = await self._http.get(self.settings.url_of(service) + "/readyz", timeout=5)
            found: list[str] = answer.json()["missing"]
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, TypeError):
            return None
        return found

    async def knows_key(self, service: str) -> bool | None:
        """Whether this client's key has reached a service; None where the service does not answer."""
        try:
            answer = await self._http.get(
                self.settings.url_of(service) + "/v1/dead-letters", params={"limit": 1}, timeout=5
            )
        except (httpx2.HTTPError, httpx2.InvalidURL):
            return None
        return answer.status_code != 401

    async def get(self, service: str, path: str, params: Mapping[str, str | int | None] | None = None) -> Json:
        return await self._call(service, "GET", path, params={k: v for k, v in (params or {}).items() if v is not None})

    async def act(
        self, service: str, path: str, body: Json, *, if_match: int | None = None, idempotency_key: str | None = None
    ) -> Json:
        """POST, repeated safely under one Idempotency-Key."""
        key = secrets.token_hex(16) if idempotency_key is None else idempotency_key
        if not (1 <= len(key) <= 200 and key.isascii() and key.isprintable() and key == key.strip()):
            raise Misused("An idempotency key has 1 to 200 printable ASCII characters.")
        headers = {"idempotency-key": key}
        if if_match is not None:
            headers["if-match"] = str(if_match)
        return await self._call(service, "POST", path, json=body, headers=headers)

    async def _call(self, service: str, method: str, path: str, *, tries: int = TRIES, **request: Any) -> Json:
        """Tries again while an answer is missing or says 503; never after a connection that was refused at first."""
        if not self._has_key:
            raise Misused("No API key: UPHELD_API_KEY is not set.", hint="Make one: upheld key create --role agent")
        url = self.settings.url_of(service)
        sent = False
        for again in range(tries):
            last = again == tries - 1
            try:
                answer = await self._http.request(method, url + path, **request)
            except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError) as error:
                raise Misused(f"UPHELD_{schema_of(service).upper()}_URL={url}: {error}") from None
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                if not sent or last:
                    raise _silent(service, url, error, sent) from None
            except httpx2.TransportError as error:
                sent = True
                if last:
                    raise _silent(service, url, error, sent) from None
            else:
                if answer.status_code != 503 or last:
                    return _answered(service, url, answer)
                sent = True
            await asyncio.sleep(0.2 * 2**again)
        raise AssertionError("unreachable")


def _part(number: str) -> str:
    return quote(number, safe="")


def _silent(service: str, url: str, error: Exception, sent: bool) -> Unreachable:
    unknown = " Whether it was done is not known." if sent else ""
    why = "no answer in time" if isinstance(error, httpx2.TimeoutException) else str(error) or type(error).__name__
    return Unreachable(
        f"{service} does not answer at {url}: {why}.{unknown}",
        hint=f"Start it: upheld run {service} (all of them: upheld up), "
        f"or set UPHELD_{schema_of(service).upper()}_URL to where it runs.",
    )


def _answered(service: str, url: str, answer: httpx2.Response) -> Json:
    try:
        said = answer.json()
    except ValueError:
        said = None
    if not isinstance(said, dict) or (answer.status_code >= 400 and "detail" not in said):
        raise Unreachable(
            f"What answers at {url} is not {service} (HTTP {answer.status_code}).",
            hint=f"Set UPHELD_{schema_of(service).upper()}_URL to where {service} runs.",
        )
    if answer.status_code < 400:
        return said
    if answer.status_code == 503:
        raise Unreachable(f"{service}: {said['detail']}", hint=f"What it lacks: {url}/readyz")
    errors = [(str(item.get("field")), str(item.get("message"))) for item in said.get("errors", [])]
    detail = str(said["detail"])
    raise Refused(
        detail if detail.startswith(service) else f"{service}: {detail}",
        status=answer.status_code,
        problem=said,
        errors=errors,
        hint=_HINTS.get(answer.status_code),
    )


_HINTS = {
    401: "Make a key (upheld key create) and set UPHELD_API_KEY to it.",
    403: "Use a key with that role: upheld key create --role ...",
    412: "The ticket has moved on since: read it (upheld ticket show) and decide again.",
}


async def wait_for_key(settings: Settings, key: str, *, within: float = 5.0) -> list[str]:
    """Wait until every service that answers knows this key; returns those that do not know it yet."""
    deadline = asyncio.get_running_loop().time() + within
    waiting = list(SERVICES)
    async with Client(settings, key) as client:
        while waiting:
            answers = await asyncio.gather(*(client.knows_key(service) for service in waiting))
            waiting = [service for service, known in zip(waiting, answers, strict=True) if known is False]
            if asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.05 if waiting else 0)
    return waiting
