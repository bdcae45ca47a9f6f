"""CloudEvents 1.0 on Kafka: binary mode out; binary, structured and (where a topic allows it) plain JSON in.

A record that cannot become an event is Malformed: permanent, kept with its raw bytes, never retried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from shared.events import BY_TYPE, TOPIC_EVENTS, Event

E = TypeVar("E", bound=Event)

MAX_INPUT = 128 * 1024
MAX_EVENT = 256 * 1024
MAX_HEADERS = 8 * 1024
"""Names and values together: some go on into every event that follows, and Kafka counts them to a record's size."""
MAX_ATTRIBUTE = 400
JSON = "application/json"
STRUCTURED = "application/cloudevents+json"
PLAIN_TOPICS = frozenset({"issues", "detections"})
PREFIX = "upheld."
_HALVES = re.compile("[\ud800-\udfff]")
_TRACE = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class Malformed(Exception):
    """A record that can never be handled: undecodable, of the wrong shape, or of an unknown major version."""


class UnknownType(Malformed):
    """An event of a type that nobody here knows; on the services' own topics that is skipped, not refused."""

    def __init__(self, message: str, envelope: Envelope) -> None:
        super().__init__(message)
        self.envelope = envelope


class Record(NamedTuple):
    """A Kafka record as it lies in the log; `topic` is the logical name, without an installation's prefix."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]
    appended_at: datetime

    @property
    def place(self) -> tuple[str, int, int]:
        return self.topic, self.partition, self.offset

    def header(self, name: str) -> str | None:
        for key, value in self.headers:
            if key == name and value is not None:
                return value.decode("utf-8", "replace")
        return None


class Envelope(NamedTuple):
    """The CloudEvents attributes of an event; ids are unique only per source."""

    id: str
    source: str
    type: str
    subject: str | None
    time: datetime
    sequence: int | None = None
    traceparent: str | None = None
    correlation_id: str | None = None

    @property
    def identity(self) -> str:
        return f"{self.source}/{self.id}"

    def pairs(self) -> list[tuple[str, str]]:
        """Binary mode: one `ce_` header an attribute."""
        pairs = [
            ("ce_specversion", "1.0"),
            ("ce_id", self.id),
            ("ce_source", self.source),
            ("ce_type", self.type),
        ]
        if self.subject is not None:
            pairs.append(("ce_subject", self.subject))
        pairs.append(("ce_time", self.time.isoformat()))
        if self.sequence is not None:
            pairs.append(("ce_sequence", str(self.sequence)))
        if self.correlation_id is not None:
            pairs.append(("ce_correlationid", self.correlation_id))
        if self.traceparent is not None:
            pairs.append(("traceparent", self.traceparent))
        pairs.append(("content-type", JSON))
        return pairs

    def headers(self) -> list[tuple[str, bytes]]:
        """The same as Kafka takes them."""
        return [(name, value.encode()) for name, value in self.pairs()]


class Received(NamedTuple, Generic[E]):
    """An event with the envelope and the record it came in."""

    event: E
    envelope: Envelope
    record: Record


def type_of(record: Record) -> str | None:
    """The CloudEvents type, where a header says it; None means that the value has to be read for it."""
    return record.header("ce_type")


def decode(record: Record) -> Received[Event]:
    """The event in a record.

    Raises Malformed, with a sentence that says which attribute or field is wrong.
    """
    if record.value is None:
        raise Malformed("the value is null; only compacted topics know deletions")
    limit = MAX_INPUT if record.topic in PLAIN_TOPICS else MAX_EVENT
    if len(record.value) > limit:
        raise Malformed(f"the value has {len(record.value)} bytes, more than the {limit} allowed")
    size = 0
    for name, value in record.headers:
        size += len(name) + len(value or b"")
    if size > MAX_HEADERS:
        raise Malformed(f"the headers have {size} bytes, more than the {MAX_HEADERS} allowed")
    if record.header("ce_type") is not None or record.header("ce_specversion") is not None:
        return _binary(record, record.value)
    content = (record.header("content-type") or "").split(";")[0].strip()
    if content.startswith("application/cloudevents"):
        return _structured(record, record.value)
    if record.topic not in PLAIN_TOPICS:
        raise Malformed("no CloudEvents headers (ce_specversion, ce_type, ...)")
    return _plain(record, record.value)


def _binary(record: Record, value: bytes) -> Received[Event]:
    attributes = {key[3:]: _text(key, raw) for key, raw in record.headers if key.startswith("ce_")}
    traceparent = record.header("traceparent")
    return _received(record, _envelope(attributes, record, traceparent), value)


def _structured(record: Record, value: bytes) -> Received[Event]:
    document = _document(value)
    data = document.get("data")
    if not isinstance(data, dict):
        raise Malformed("a structured CloudEvent needs `data`, a JSON object")
    for name in ("id", "source", "type", "subject", "time", "traceparent"):
        if not isinstance(document.get(name, ""), str):
            raise Malformed(f"the CloudEvents attribute `{name}` is not a string")
    attributes = {k: v if isinstance(v, str) else json.dumps(v) for k, v in document.items() if k != "data"}
    envelope = _envelope(attributes, record, attributes.get("traceparent"))
    return _received(record, envelope, json.dumps(data).encode())


def _plain(record: Record, value: bytes) -> Received[Event]:
    """Plain JSON, as any console producer writes it: the attributes are filled in from topic and place."""
    document = _document(value)
    (kind,) = TOPIC_EVENTS[record.topic]
    source = _text("key", record.key) if record.key else str(document.get("source") or f"topic/{record.topic}")
    envelope = Envelope(
        id=f"{record.topic}/{record.partition}/{record.offset}",
        source=_clean("source", source),
        type=kind.type_name(),
        subject=None,
        time=record.appended_at,
    )
    if record.topic == "issues" and "issue_id" not in document:
        value = json.dumps({**document, "issue_id": envelope.id}).encode()
    return _received(record, envelope, value)


def _document(value: bytes) -> dict[str, Any]:
    try:
        document = json.loads(value)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from None
    if not isinstance(document, dict):
        raise Malformed(f"not a JSON object, but {type(document).__name__}")
    return document


def _envelope(attributes: dict[str, str], record: Record, traceparent: str | None) -> Envelope:
    for name in ("id", "source", "type"):
        if not attributes.get(name):
            raise Malformed(f"the CloudEvents attribute `{name}` is missing")
    version = attributes.get("specversion", "1.0")
    if version != "1.0":
        raise Malformed(f"CloudEvents {version} is not spoken here, only 1.0")
    subject, correlation = attributes.get("subject"), attributes.get("correlationid")
    return Envelope(
        id=_clean("id", attributes["id"]),
        source=_clean("source", attributes["source"]),
        type=_clean("type", attributes["type"]),
        subject=None if subject is None else _clean("subject", subject),
        time=_time(attributes.get("time"), record),
        sequence=_sequence(attributes.get("sequence")),
        traceparent=trace_of(traceparent),
        correlation_id=None if correlation is None else _clean("correlationid", correlation),
    )


def trace_of(traceparent: str | None) -> str | None:
    """A trace that is not of the W3C's form is no trace; it must not spoil the event."""
    return traceparent if traceparent is not None and _TRACE.fullmatch(traceparent) else None


def _received(record: Record, envelope: Envelope, value: bytes) -> Received[Event]:
    kind = BY_TYPE.get(envelope.type)
    if kind is None or record.topic != kind.TOPIC:
        raise UnknownType(f"unknown type {envelope.type!r} on topic {record.topic!r}", envelope)
    if kind.PRODUCER is not None:
        if envelope.source != kind.PRODUCER:
            raise Malformed(f"{envelope.type} is said by {kind.PRODUCER}, not by {envelope.source!r}")
        if envelope.sequence is None and record.topic == "tickets":
            raise Malformed("an event on `tickets` needs the attribute `sequence`")
    try:
        event = kind.model_validate_json(value)
    except ValidationError as error:
        raise Malformed(explain(error)) from None
    if record.topic == "tickets" and (record.key or b"") != event.key().encode():
        raise Malformed("the key of a record on `tickets` is its ticket's id")
    return Received(event, envelope, record)


def explain(error: ValidationError) -> str:
    """A validation error as one sentence a field."""
    return "; ".join(f"{field}: {message}" for field, message in field_errors(error))


def field_errors(error: ValidationError) -> list[tuple[str, str]]:
    """Each wrong field's path and what is wrong with it, without the input (it may be secret or large)."""
    return [
        (".".join(str(part) for part in item["loc"]) or "body", item["msg"].removeprefix("Value error, "))
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def unknown_type_is_skipped(topic: str, kind: str, handled: Iterable[str]) -> bool:
    """On the services' own topics a type that is not handled is skipped: new types must not stop old services.

    Another major version of a type that is handled is not: it would be lost.
    """
    if topic in PLAIN_TOPICS:
        return False
    return all(_unversioned(kind) != _unversioned(other) for other in handled)


def _unversioned(kind: str) -> str:
    return kind.removeprefix(PREFIX).rsplit(".v", 1)[0]


def _time(value: str | None, record: Record) -> datetime:
    if value is None:
        return record.appended_at
    try:
        parsed = datetime.fromisoformat(value)
        if parsed.tzinfo is None:
            raise Malformed("the CloudEvents attribute `time` has no time zone")
        return parsed if parsed.tzinfo is UTC else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Malformed(f"the CloudEvents attribute `time` is not RFC 3339: {value[:100]!r}") from None


def _sequence(value: str | None) -> int | None:
    if value is None:
        return None
    if len(value) > 9 or not value.isascii() or not value.isdigit() or int(value) < 1:
        raise Malformed(f"the attribute `sequence` is not a positive whole number: {value[:100]!r}")
    return int(value)


def _text(name: str, raw: bytes | None) -> str:
    try:
        return (raw or b"").decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed(f"`{name}` is not UTF-8") from None


def _clean(name: str, value: str) -> str:
    if "\x00" in value or len(value) > MAX_ATTRIBUTE:
        raise Malformed(f"`{name}` holds U+0000 or is longer than {MAX_ATTRIBUTE} characters")
    if not value.isascii() and _HALVES.search(value):
        raise Malformed(f"`{name}` holds half of a surrogate pair")
    return value
