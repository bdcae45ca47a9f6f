"""Reference data as it stands: read from the compacted topics themselves, so no service needs to run."""

from __future__ import annotations

from contextlib import suppress

from shared.events import AccountChanged, Event, PolicyPublished
from shared.policy import Policies, Policy, PolicyError, Published, parse_policy
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


async def published_versions(settings: Settings) -> Policies:
    """Every version that is published and holds."""
    found = []
    for event in (await published(settings, "policies")).values():
        if isinstance(event, PolicyPublished):
            with suppress(PolicyError):  # the services do not take it either
                found.append(Published(parse_policy(event.text), event.effective, event.published_at))
    return Policies(tuple(found))


async def published_policies(settings: Settings) -> list[Policy]:
    """Every policy that is published and holds."""
    return [item.policy for item in (await published_versions(settings)).versions]


async def published_accounts(settings: Settings) -> dict[str, AccountChanged]:
    """Every account by its id, in order."""
    events = await published(settings, "accounts")
    return {id: event for id, event in sorted(events.items()) if isinstance(event, AccountChanged)}
