"""The HTTP side of a service's process: liveness, readiness, metrics, dead letters, and its own routes."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import uvicorn
from fastapi import APIRouter, Depends, FastAPI, Path, Query
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from fastapi.telemetry import TelemetryConfig
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.consumer import Waiting, letters, redrive
from shared.service.answers import Alive, LetterList, LetterSettled, Ready, WholeLetter
from shared.service.http import Caller, Problem, allow, answers, install
from shared.service.measure import UNSEEN, Measured

if TYPE_CHECKING:
    from shared.contracts.site import Site
    from shared.service.app import App


Letter = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Web:
    """A uvicorn server inside the process's own loop."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.api = api = FastAPI(
            title=f"Upheld {app.name}",
            description=(app.service.about or "").partition("\n")[0],
            docs_url=None,
            redoc_url=None,
            openapi_url=None,
            telemetry=_telemetry(app),
        )
        api.state.access = app.access
        install(api)
        api.add_middleware(Measured, metrics=app.metrics)
        if app.service.routes is not None:
            api.include_router(app.service.routes(app))
        api.include_router(_letters(app))
        api.include_router(_public(app))
        api.include_router(_contracts(app, api))
        self._server: uvicorn.Server | None = None
        self.task: asyncio.Task[None] | None = None
        """Supervised like the rest."""
        self.port = 0

    async def start(self) -> None:
        settings = self._app.settings
        listening = socket.create_server((settings.host, settings.port_of(self._app.name)), reuse_port=False)
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(self.api, log_config=None, access_log=False, lifespan="off", timeout_keep_alive=30)
        self._server = _Server(config)
        self.task = asyncio.create_task(self._server.serve([listening]), name="web")

    async def stop(self) -> None:
        if self._server is not None and self.task is not None:
            self._server.should_exit = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.task, 5)


def _telemetry(app: App) -> TelemetryConfig:
    """FastAPI's own server spans, where traces are on; its metrics and logs never."""
    config: TelemetryConfig = {
        "tracing": app.tracing is not None,
        "metrics": False,
        "logs": False,
        "operation_spans": False,
        "auto_configure": False,
    }
    if app.tracing is not None:
        config |= {"tracer_provider": app.tracing.provider, "exclude": lambda scope: scope["path"] in UNSEEN}
    return config


class _Server(uvicorn.Server):
    """Signals are the process's business, not the server's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


def _public(app: App) -> APIRouter:
    router = APIRouter()

    @router.get("/livez")
    @answers(Alive)
    async def livez() -> dict[str, str]:
        """Say that the process answers."""
        return {"service": app.name, "status": "alive"}

    @router.get("/readyz", responses={503: {"model": Ready, "description": "Something is missing."}})
    @answers(Ready)
    async def readyz() -> JSONResponse:
        """Say whether the service can do its work, and what it lacks."""
        missing = await app.missing()
        return JSONResponse({"service": app.name, "ready": not missing, "missing": missing}, 503 if missing else 200)

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:
        """Give the metrics to Prometheus."""
        return Response(generate_latest(app.metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return router


def _contracts(app: App, api: FastAPI) -> APIRouter:
    """What the service promises; made when it is first asked for, by a thread, since it takes a moment."""
    router = APIRouter(prefix="/contracts", include_in_schema=False)

    @cache
    def site() -> Site:
        # It describes this package too, so it cannot be imported before it.
        from shared.contracts.site import Site

        return Site(app.service, api)

    @router.get("")
    def page() -> Response:
        return HTMLResponse(site().page, headers=site().HEADERS)

    @router.get("/contracts.css")
    def style() -> Response:
        return Response(site().style, media_type="text/css", headers=site().HEADERS)

    @router.get("/openapi.json")
    def openapi() -> Response:
        return JSONResponse(site().openapi)

    @router.get("/asyncapi.yaml")
    def asyncapi() -> Response:
        return Response(site().asyncapi, media_type="application/yaml")

    @router.get("/schemas/{name}.json")
    def schema(name: str) -> Response:
        if (found := site().schemas.get(name)) is None:
            raise Problem(404, f"{app.name} neither reads nor says an event {name}.")
        return JSONResponse(found, media_type="application/schema+json")

    return router


def _letters(app: App) -> APIRouter:
    router = APIRouter(prefix="/v1/dead-letters")
    admin = Depends(allow("admin"))

    @router.get("")
    @answers(LetterList)
    async def list_letters(
        caller: Caller = admin,
        state: str | None = None,
        limit: int = Query(100, ge=1, le=1000),
        after: int = Query(0, ge=0, le=2**63 - 1),
    ) -> dict[str, Any]:
        """List dead letters."""
        return {"service": app.name, "dead_letters": await letters.list_letters(app.db.pool, state, limit, after)}

    @router.get("/{letter}")
    @answers(WholeLetter, 404)
    async def show_letter(letter: Letter, caller: Caller = admin) -> dict[str, Any]:
        """Show a dead letter whole."""
        found = await letters.show_letter(app.db.pool, letter)
        if found is None:
            raise Problem(404, f"{app.name} has no dead letter {letter}.")
        return {"service": app.name, **found}

    @router.post("/{letter}/redrive")
    @answers(LetterSettled, 404, 409)
    async def redrive_letter(letter: Letter, caller: Caller = admin) -> dict[str, Any]:
        """Handle a dead letter again, and then what is parked behind it."""
        return await settle(letter, caller, discard=False)

    @router.post("/{letter}/discard")
    @answers(LetterSettled, 404, 409)
    async def discard_letter(letter: Letter, caller: Caller = admin) -> dict[str, Any]:
        """Give a dead letter up; what is parked behind it goes on."""
        return await settle(letter, caller, discard=True)

    async def settle(letter: Letter, caller: Caller, *, discard: bool) -> dict[str, Any]:
        try:
            return await redrive.redrive(app.db, app.batches, letter, caller.name, discard=discard)
        except redrive.CannotRedrive as error:
            raise Problem(error.status, str(error)) from None
        except Waiting as error:
            raise Problem(503, f"{error}; try again.", headers={"Retry-After": "1"}) from None

    return router
