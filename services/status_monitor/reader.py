"""Reads a status page over HTTP: few documents, bounded in time and size, conditional where the page gives an ETag.

What a page does wrong (a 504 with HTML, a 403, JSON cut short) is named; nothing that it sends can stop the service.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

PATHS = {
    "unresolved": "incidents/unresolved.json",
    "incidents": "incidents.json",
    "components": "components.json",
    "active": "scheduled-maintenances/active.json",
    "maintenances": "scheduled-maintenances.json",
}
EVERY_TIME = ("unresolved", "incidents", "components", "active")
LARGEST = 8 * 1024 * 1024
PATIENCE = 20.0
"""Seconds for all documents of one reading, whatever the page does meanwhile."""
LONGEST_PAUSE = 3600.0
"""Of what Retry-After may ask."""


@dataclass
class Answer:
    """What one poll brought: documents by name, what was wrong with the others, and how long the page wants peace."""

    documents: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    retry_after: float | None = None


class Wrong(Exception):
    """A document that could not be had, in one sentence."""


class Unreachable(Wrong):
    """The page does not answer at all, so the other documents need not be asked for."""


class Reader:
    """One process's client of all pages; remembers the last answer of each address, for `304 Not Modified`."""

    def __init__(self) -> None:
        self._client = httpx2.AsyncClient(
            timeout=httpx2.Timeout(10, connect=5),
            follow_redirects=True,
            max_redirects=3,
            trust_env=False,
            headers={"accept": "application/json", "user-agent": "upheld (status page reader)"},
        )
        self._known: dict[str, tuple[str, Any]] = {}

    async def close(self) -> None:
        await self._client.aclose()

    async def read(self, url: str, names: Iterable[str] = EVERY_TIME) -> Answer:
        """These documents, one after the other; a page that wants peace is asked for no more."""
        answer = Answer()
        deadline = asyncio.get_running_loop().time() + PATIENCE
        for name in names:
            try:
                answer.documents[name] = await self._document(f"{api_of(url)}/{PATHS[name]}", answer, deadline)
            except Wrong as error:
                answer.problems.append(f"{name}: {error}")
                if answer.retry_after is not None or isinstance(error, Unreachable):
                    break
        return answer

    async def _document(self, url: str, answer: Answer, deadline: float) -> Any:
        known = self._known.get(url)
        headers = {"if-none-match": known[0]} if known else {}
        try:
            async with asyncio.timeout_at(deadline), self._client.stream("GET", url, headers=headers) as response:
                if response.status_code == 304 and known is not None:
                    return known[1]
                if response.status_code != 200:
                    answer.retry_after = retry_after(response.headers.get("retry-after"), datetime.now(UTC))
                    raise Wrong(f"the page answers {response.status_code}")
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > LARGEST:
                        raise Wrong(f"the answer is larger than {LARGEST} bytes")
                document = _json(bytes(body))
                if etag := response.headers.get("etag"):
                    self._known[url] = (etag, document)
                else:
                    self._known.pop(url, None)
                return document
        except TimeoutError:
            raise Unreachable(f"the page took longer than {PATIENCE:.0f} s") from None
        except httpx2.TimeoutException as error:
            raise Unreachable(f"the page does not answer in time ({type(error).__name__})") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, OSError) as error:
            raise Wrong(f"{type(error).__name__}: {error}"[:300]) from None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        start = body[:60].decode("utf-8", "replace").strip()
        raise Wrong(f"the answer is not JSON, or was cut short ({len(body)} bytes, it begins {start!r})") from None


def api_of(url: str) -> str:
    """The root of the page's interface: `https://status.example` and `.../api/v2` mean the same."""
    root = url.rstrip("/")
    return root if root.endswith("/api/v2") else f"{root}/api/v2"


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds, from seconds or a date; never more than an hour."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            at = parsedate_to_datetime(value)
        except (TypeError, ValueError):
            return None
        seconds = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_PAUSE) if seconds == seconds else None


def pages_of(setting: str) -> dict[str, str]:
    """`name=URL` or URL, separated by commas; without a name it is the host's."""
    pages: dict[str, str] = {}
    for part in (part.strip() for part in setting.split(",")):
        if part:
            name, equals, url = part.partition("=")
            if not equals or "//" in name:
                name, url = part.split("//")[-1].split("/")[0], part
            pages[name.strip()] = url.strip()
    return pages
