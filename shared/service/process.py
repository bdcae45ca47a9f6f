"""The process of a service: its logs, its traces, the signals that end it, and its exit status."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import structlog
import uvloop

from shared.observability import configure_logging, log
from shared.service.app import App, Service, StartError
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.tracing import Tracing


def tracing_of(settings: Settings, service: str) -> Tracing | None:
    """None unless the settings ask for traces. Raises StartError where they cannot be had."""
    if not settings.traces:
        return None
    try:
        from shared.tracing import Misconfigured, start  # only here: without traces it costs nothing
    except ModuleNotFoundError as error:
        raise StartError(
            f"UPHELD_TRACES is on, but {error.name} is not installed: pip install 'upheld[otel]'"
        ) from None
    try:
        return start(service)
    except Misconfigured as error:
        raise StartError(str(error)) from None


async def _main(service: Service, settings: Settings) -> None:
    tracing = tracing_of(settings, service.name)
    app = App(service, settings, tracing)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, app.stop)
    try:
        await app.run()
    finally:
        if tracing is not None:
            await asyncio.to_thread(tracing.provider.shutdown)  # sends what is left, as long as that may take


def run(service: Service, settings: Settings) -> int:
    """Run a service's process until it is told to stop; returns the exit status."""
    configure_logging(settings, service.name)
    try:
        uvloop.run(_main(service, settings))
    except StartError as error:
        log.error("cannot start", reason=str(error))
        return 3
    except Exception as error:
        structlog.get_logger().error("died", error=f"{type(error).__name__}: {error}", exc_info=True)
        return 1
    return 0
