"""How the command and the demo speak with Kafka: only through `shared`; naming a topic creates none."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.consumer.tail import KafkaError, tail
from shared.consumer.topics import missing_topics
from shared.envelope import MAX_EVENT, MAX_INPUT, PLAIN_TOPICS, Malformed, Received, Record, decode
from shared.events import Event, IssueReported
from shared.outbox import Outgoing
from shared.outbox.publish import publish
from shared.settings import Settings
from upheld.errors import Misused, Unreachable

SOURCE = "upheld"
"""The CloudEvents source of what the command publishes, unless it speaks for an upstream system."""


@dataclass(frozen=True, slots=True)
class Read:
    """A record of a topic, and the event in it, or what is wrong with it."""

    record: Record
    received: Received[Event] | None
    malformed: str | None = None


async def publish_events(settings: Settings, events: Sequence[Event], *, source: str = SOURCE) -> list[Outgoing]:
    """Put reference data (or issues, as the system `source`) on their topics; acknowledged when it returns."""
    now = datetime.now(UTC)
    for event in events:
        require_fits(event)
    out = [Outgoing(event, secrets.token_hex(16), now) for event in events]
    await require_topics(settings, sorted({event.TOPIC for event in events}))
    try:
        await publish(settings, source, out)
    except (KafkaError, OSError, TimeoutError) as error:
        raise no_kafka(settings, error) from None
    return out


def require_fits(event: Event) -> None:
    """Raises Misused for an event so large that it would be taken, and end as a dead letter."""
    limit = MAX_INPUT if event.TOPIC in PLAIN_TOPICS else MAX_EVENT
    if (size := len(event.encode())) > limit:
        raise Misused(f"{event.NAME} has {size} bytes, more than the {limit} that the services take.")


async def publish_issue(settings: Settings, issue: IssueReported, *, source: str) -> Outgoing:
    """Report an issue as an upstream system does."""
    return (await publish_events(settings, [issue], source=source))[0]


async def read_topic(
    settings: Settings,
    topic: str,
    *,
    from_beginning: bool = False,
    follow: bool = True,
    on_ready: Callable[[], None] = lambda: None,
) -> AsyncGenerator[Read, None]:
    """A topic's events as they come, without a group: nobody else notices. Close it (`aclosing`) when leaving early."""
    await require_topics(settings, [topic])
    try:
        records = tail(settings, topic, from_beginning=from_beginning, follow=follow, on_ready=on_ready)
        async with aclosing(records):
            async for record in records:
                try:
                    read = Read(record, decode(record))
                except Malformed as error:
                    read = Read(record, None, str(error))
                yield read
    except (KafkaError, OSError, TimeoutError) as error:
        raise no_kafka(settings, error) from None


async def require_topics(settings: Settings, names: Sequence[str] | None = None) -> None:
    """A topic that is missing would come into being by being named, with one partition: so ask first."""
    try:
        missing = await missing_topics(settings, names)
    except (KafkaError, OSError, TimeoutError) as error:
        raise no_kafka(settings, error) from None
    if missing:
        raise Unreachable(f"Topics are missing: {', '.join(missing)}.", hint="Create them: upheld topics create")


def no_kafka(settings: Settings, error: Exception) -> Unreachable:
    """Kafka does not answer, or refuses."""
    why = str(error).removeprefix(f"{type(error).__name__}: ") or type(error).__name__
    hint = "Start one (upheld up brings its own), or set UPHELD_KAFKA_BOOTSTRAP_SERVERS."
    if settings.kafka_security_protocol != "PLAINTEXT":  # a refusal looks like silence to the client
        hint = "If it is there: are UPHELD_KAFKA_USERNAME, _PASSWORD, _SASL_MECHANISM and _CA_FILE right for it?"
    return Unreachable(f"Kafka at {settings.kafka_bootstrap_servers}: {why}.", hint=hint)
