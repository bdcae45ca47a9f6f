"""A simulated Statuspage v2 page over HTTP, which goes through an incident as real ones do.

- Its answers have the shape of recorded ones, oddities included: offsets that are not UTC, HTML in bodies, updates
  newest first, `affected_components` null or by name only, an ETag, a page whose own `updated_at` is months old.
- `show` returns once a reader has fetched what is shown now, so that no stage is passed unseen.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

Json = dict[str, Any]
PACIFIC = timezone(timedelta(hours=-8))
_PAGE_ID = "upheld0demo0"
_BAD = {"degraded_performance": "minor", "partial_outage": "major", "major_outage": "critical"}
_HOLDS_INCIDENTS = ("/api/v2/incidents.json", "/api/v2/incidents/unresolved.json", "/api/v2/summary.json")


@dataclass(frozen=True, slots=True)
class Stage:
    """One update of the incident: its status, its words, and how the components stand from then on."""

    status: str
    body: str
    components: Mapping[str, str]
    affected: str = "full"
    """How the update names what it affects: full, name only, or null."""


@dataclass
class _Incident:
    id: str
    name: str
    began: datetime
    impact: str = "none"
    updates: list[Json] = field(default_factory=list)
    components: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        return str(self.updates[-1]["status"]) if self.updates else "investigating"


class Page:
    """The page's state and its server; `url` is known once it is started."""

    def __init__(self, name: str, components: Sequence[str]) -> None:
        self.name = name
        self.url = ""
        self._statuses = dict.fromkeys(components, "operational")
        self._incident: _Incident | None = None
        self._server: asyncio.Server | None = None
        self._version = 0
        self._was_read = asyncio.Event()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()[:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    async def read(self) -> None:
        """Wait until a reader has fetched what the page shows now."""
        await self._was_read.wait()

    async def show(self, incident: str, name: str, stage: Stage, now: datetime) -> None:
        """Post an update, set the components, and wait until a reader has fetched it."""
        if self._incident is None:
            self._incident = _Incident(incident, name, now)
        self._post(self._incident, stage, now.astimezone(PACIFIC))
        self._version += 1
        self._was_read.clear()
        await self.read()

    def _post(self, incident: _Incident, stage: Stage, at: datetime) -> None:
        affected = [
            {"code": _code(name), "name": name, "old_status": self._statuses[name], "new_status": status}
            for name, status in stage.components.items()
        ]
        for name, status in stage.components.items():
            self._statuses[name] = status
            if name not in incident.components:
                incident.components.append(name)
            impact = _BAD.get(status, "none")
            incident.impact = max(incident.impact, impact, key=("none", "minor", "major", "critical").index)
        named: list[Json] | None = None
        if stage.affected == "full":
            named = affected
        elif stage.affected == "name only":
            named = [{"name": item["name"]} for item in affected]
        stamp = at.isoformat(timespec="milliseconds")
        incident.updates.append(
            {
                "id": _code(f"{incident.id}/{len(incident.updates)}"),
                "status": stage.status,
                "body": stage.body,
                "incident_id": incident.id,
                "created_at": stamp,
                "updated_at": stamp,
                "display_at": stamp,
                "affected_components": named,
                "deliver_notifications": True,
                "custom_tweet": None,
                "tweet_id": None,
            }
        )

    def answer(self, path: str) -> Json | None:
        """The document at this path; None where the interface has none."""
        incidents = [self._shown(self._incident)] if self._incident else []
        open_ones = [item for item in incidents if item["status"] not in ("resolved", "postmortem")]
        page = {
            "id": _PAGE_ID,
            "name": self.name,
            "url": self.url,
            "time_zone": "America/Los_Angeles",
            "updated_at": "2026-01-05T08:15:02.114-08:00",
        }
        components = [self._component(place, name) for place, name in enumerate(self._statuses, 1)]
        indicator = max(
            (str(item["impact"]) for item in open_ones),
            default="none",
            key=("none", "minor", "major", "critical").index,
        )
        status = {
            "indicator": indicator,
            "description": "All Systems Operational"
            if indicator == "none"
            else f"{indicator.capitalize()} Service Outage",
        }
        documents: dict[str, Json] = {
            "status": {"status": status},
            "summary": {
                "components": components,
                "incidents": open_ones,
                "scheduled_maintenances": [],
                "status": status,
            },
            "components": {"components": components},
            "incidents": {"incidents": incidents},
            "incidents/unresolved": {"incidents": open_ones},
            "scheduled-maintenances": {"scheduled_maintenances": []},
            "scheduled-maintenances/upcoming": {"scheduled_maintenances": []},
            "scheduled-maintenances/active": {"scheduled_maintenances": []},
        }
        document = documents.get(path.removeprefix("/api/v2/").removesuffix(".json"))
        return None if document is None else {"page": page, **document}

    def _component(self, place: int, name: str) -> Json:
        return {
            "id": _code(name),
            "name": name,
            "status": self._statuses[name],
            "created_at": "2019-03-11T09:30:43.739-07:00",
            "updated_at": "2026-01-05T08:15:02.100-08:00",
            "position": place,
            "description": None,
            "showcase": True,
            "start_date": None,
            "group_id": None,
            "page_id": _PAGE_ID,
            "group": False,
            "only_show_if_degraded": False,
        }

    def _shown(self, incident: _Incident) -> Json:
        newest_first = incident.updates[::-1]
        at = {str(update["status"]): update["created_at"] for update in incident.updates}
        return {
            "id": incident.id,
            "name": incident.name,
            "status": incident.status,
            "impact": incident.impact,
            "created_at": incident.updates[0]["created_at"],
            "updated_at": newest_first[0]["updated_at"],
            "monitoring_at": at.get("monitoring"),
            "resolved_at": at.get("resolved"),
            "shortlink": f"{self.url}/incidents/{incident.id}",
            "page_id": _PAGE_ID,
            "incident_updates": newest_first,
            "components": [self._component(list(self._statuses).index(name) + 1, name) for name in incident.components],
        }

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer_one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the reader went away
        finally:
            with contextlib.suppress(OSError):
                writer.close()

    async def _answer_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request of a connection; False when it was the last."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        path = target.split("?")[0]
        document = self.answer(path) if method == "GET" else None
        version = self._version
        if document is None:
            body, status, kind = b"<html><body><h1>Not Found</h1></body></html>", "404 Not Found", "text/html"
        else:
            body, status, kind = json.dumps(document).encode(), "200 OK", "application/json; charset=utf-8"
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
        if document is not None and headers.get("if-none-match") == etag:
            body, status = b"", "304 Not Modified"
        writer.write(
            (
                f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\netag: {etag}\r\n"
                "cache-control: max-age=0, private, must-revalidate\r\n\r\n"
            ).encode()
            + body
        )
        await writer.drain()
        if path in _HOLDS_INCIDENTS and version == self._version:
            self._was_read.set()
        return headers.get("connection", "").lower() != "close"


def _code(name: str) -> str:
    """A twelve-letter id as Statuspage gives them."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]
