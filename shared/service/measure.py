"""How long requests take, by route and class of status: from the request to the head of its answer."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.observability import Metrics

UNSEEN = frozenset({"/livez", "/readyz", "/metrics"})
"""What is asked every few seconds is neither measured nor traced."""


class Measured:
    """Middleware around all routes. A path that no route has counts as `none`: anyone can make some up."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in UNSEEN:
            await self._app(scope, receive, send)
            return
        began, answered = time.perf_counter(), False

        def observe(status: int) -> None:
            nonlocal answered
            answered = True
            route = getattr(scope.get("route"), "path", "none")
            labels = self._metrics.service, scope["method"], route, f"{status // 100}xx"
            self._metrics.http.labels(*labels).observe(time.perf_counter() - began)

        async def measured(message: Message) -> None:
            if message["type"] == "http.response.start":
                observe(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, measured)
        except Exception:
            if not answered:
                observe(500)  # whoever stands outside turns it into one
            raise
