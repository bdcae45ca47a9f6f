"""Reference data as it stands: read from the compacted topics themselves, so no service needs to run."""

from __future__ import annotations

from shared.events import Event, PolicyPublished
from shared.policy import Policy, PolicyError, parse_policy
from shared.settings import Settings
from upheld.client import read_topic


async def published(settings: Settings, topic: str) -> dict[str, Event]:
    """The last event of each key of a compacted topic; what was deleted since is left out."""
    found: dict[str, Event] = {}
    async for read in read_topic(settings, topic, from_beginning=True, follow=False):
        name = (read.record.key or b"").decode("utf-8", "replace")
        if read.received is not None:
            found[name] = read.received.event
        elif read.record.value is None:
            found.pop(name, None)
    return found


async def published_policies(settings: Settings) -> list[Policy]:
    """Every policy that is published and holds."""
    found = []
    for event in (await published(settings, "policies")).values():
        if isinstance(event, PolicyPublished):
            try:
                found.append(parse_policy(event.text))
            except PolicyError:
                continue
    return found
