"""HTTP: problems (RFC 9457), API keys and roles (denied by default), strict bodies of limited size."""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import asyncpg
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.db import LOST
from shared.envelope import MAX_INPUT, field_errors
from shared.events import AccessChanged, Role

M = TypeVar("M", bound=BaseModel)
F = TypeVar("F", bound=Callable[..., Any])
DRAINED = 4 * 1024 * 1024
"""So much of a body that is too large is read and dropped, so that its sender can read the answer."""
TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    412: "Precondition failed",
    413: "Content too large",
    415: "Unsupported media type",
    422: "Invalid content",
    428: "Precondition required",
    500: "Internal error",
    503: "Not available",
}


@dataclass(eq=False)
class Problem(Exception):
    """An error that the caller can act on; rendered as `application/problem+json`."""

    status: int
    detail: str
    title: str | None = None
    errors: Sequence[dict[str, str]] = ()
    headers: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    wait: bool = False
    """Whether it may pass within moments: the core tries again for up to two seconds."""

    @classmethod
    def not_found_yet(cls, number: str) -> Problem:
        """A ticket that this service has not seen; it may be on its way. Another account's looks the same."""
        return cls(404, f"There is no ticket {number}.", headers={"Retry-After": "2"}, wait=True)

    def response(self) -> JSONResponse:
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title or TITLES.get(self.status, "Error"),
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }
        if self.errors:
            body["errors"] = list(self.errors)
        return JSONResponse(body, self.status, self.headers, media_type="application/problem+json")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: an API key with its role, and the account or source it may speak for."""

    key_id: str
    role: Role
    name: str
    account: str | None
    source: str | None


class Access:
    """API keys, as this service's schema holds them; looked up at most every two seconds a key.

    A key is `uph_<key id>_<secret>`; the secret is random, so its SHA-256 is enough.
    """

    FRESH = 2.0

    def __init__(self, pool: Callable[[], asyncpg.Pool[asyncpg.Record]]) -> None:
        self._pool = pool
        self._known: dict[str, tuple[float, AccessChanged | None]] = {}

    async def caller(self, authorization: str | None) -> Caller:
        match = re.fullmatch(r"[Bb]earer uph_([A-Za-z0-9-]{1,100})_([A-Za-z0-9-]{16,200})", authorization or "")
        if match is None:
            raise _unauthorized("Send an API key: `Authorization: Bearer uph_...`.")
        key_id, secret = match.groups()
        key = await self._key(key_id)
        digest = hashlib.sha256(secret.encode()).hexdigest()
        if key is None or key.revoked or not hmac.compare_digest(digest, key.secret_sha256):
            raise _unauthorized("This API key is not known here, or was revoked.")
        speaks_for = {"customer": key.account, "upstream": key.source, "monitor": key.source}
        if key.role in speaks_for and not speaks_for[key.role]:
            raise Problem(403, f"This key has the role {key.role} but names nobody for whom it speaks.")
        return Caller(key.key_id, key.role, key.name, key.account, key.source)

    async def _key(self, key_id: str) -> AccessChanged | None:
        known = self._known.get(key_id)
        if known is not None and time.monotonic() - known[0] < self.FRESH:
            return known[1]
        data = await self._pool().fetchval("SELECT data FROM access WHERE id = $1", key_id)
        key = None if data is None else AccessChanged.model_validate_json(data)
        if key is not None:
            # Only keys that exist are remembered: guesses must not fill the memory.
            self._known[key_id] = (time.monotonic(), key)
        else:
            self._known.pop(key_id, None)
        return key


def _unauthorized(detail: str) -> Problem:
    return Problem(401, detail, headers={"WWW-Authenticate": "Bearer"})


def allow(*roles: Role) -> Callable[[Request], Awaitable[Caller]]:
    """The dependency without which no route is served: an API key with one of these roles."""

    async def allowed(request: Request) -> Caller:
        access: Access = request.app.state.access
        caller = await access.caller(request.headers.get("authorization"))
        if caller.role not in roles:
            raise Problem(403, f"This needs the role {' or '.join(roles)}; the key has the role {caller.role}.")
        return caller

    allowed.roles = roles  # type: ignore[attr-defined]
    return allowed


def body(model: type[M]) -> Any:
    """The request's body as this model: at most 128 kB of JSON, strict, every wrong field named."""

    async def read(request: Request) -> M:
        content = request.headers.get("content-type", "application/json").split(";")[0].strip()
        if content != "application/json":
            raise Problem(415, f"Send application/json, not {content}.")
        raw, size = bytearray(), 0
        async for chunk in request.stream():
            size += len(chunk)
            if size <= MAX_INPUT:
                raw += chunk
            elif size > DRAINED:
                break
        if size > MAX_INPUT:
            raise Problem(413, f"The body is larger than {MAX_INPUT} bytes.", headers={"Connection": "close"})
        return parse(model, bytes(raw))

    read.model = model  # type: ignore[attr-defined]  # the contracts read it
    return Depends(read)


def answers(model: type[BaseModel], *problems: int) -> Callable[[F], F]:
    """What a route answers when all is well, and the problems that are its own; the contracts read it.

    Those that come with a body, a role or parameters (400, 401, 403, 413, 415, 422, 500, 503) go without saying. With
    428 among them, the route needs If-Match.
    """

    def marked(route: F) -> F:
        route.answer, route.problems = model, problems  # type: ignore[attr-defined]
        return route

    return marked


def parse(model: type[M], raw: bytes) -> M:
    """Raises Problem 422 (or 400 where it is not JSON at all)."""
    try:
        return model.model_validate_json(raw or b"null")
    except ValidationError as error:
        problems = field_errors(error)
        if any(item["type"] == "json_invalid" for item in error.errors(include_url=False, include_context=False)):
            raise Problem(400, f"The body is not JSON: {problems[0][1]}.") from None
        raise Problem(
            422,
            "Some fields are not as they must be.",
            errors=[{"field": name, "message": message} for name, message in problems],
        ) from None


class NoNul:
    """U+0000 in a path or a query is nobody's name: 400, before any route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\x00" in scope["path"] or b"%00" in scope["query_string"]):
            problem = Problem(400, "The path or the query holds U+0000.")
            await problem.response()(scope, receive, send)
            return
        await self._app(scope, receive, send)


def install(app: FastAPI) -> None:
    """Every error leaves as problem+json."""
    app.add_middleware(NoNul)

    async def on_problem(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Problem)
        return error.response()

    async def on_http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        detail = (
            error.detail if error.detail != TITLES.get(error.status_code) else f"{request.url.path}: {error.detail}"
        )
        return Problem(error.status_code, str(detail), headers=dict(error.headers or {})).response()

    async def on_invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        errors = [
            {"field": ".".join(str(part) for part in item["loc"]), "message": str(item["msg"])}
            for item in error.errors()
        ]
        return Problem(422, "Some parameters are not as they must be.", errors=errors).response()

    async def on_crash(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, (asyncpg.PostgresError, *LOST)):
            return Problem(503, "The database does not answer; try again.", headers={"Retry-After": "2"}).response()
        return Problem(500, "Something here is broken; it was logged.").response()

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)
    for kind in (asyncpg.PostgresError, *LOST):
        app.add_exception_handler(kind, on_crash)
    app.add_exception_handler(Exception, on_crash)
