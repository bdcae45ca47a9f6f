"""The golden messages, one an event and version: what lies on Kafka, for both sides and for the CloudEvents SDK."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cloudevents.core.bindings import kafka
from cloudevents.core.bindings.kafka import KafkaMessage
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from shared.contracts.examples import EXAMPLES, Example
from shared.contracts.schemas import name_of
from shared.envelope import Record, decode

FOLDER = Path(__file__).parents[1] / "contracts"
BY_NAME = {name_of(kind): example for kind, example in EXAMPLES.items()}
APPENDED = datetime(2030, 1, 1, tzinfo=UTC)
CHANGED = "where the change is meant, delete the file and run: make contracts"


def golden(name: str) -> dict[str, Any]:
    message: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return message


def value_of(message: dict[str, Any]) -> bytes:
    """The bytes on Kafka: JSON without white space, in the order of the file."""
    return json.dumps(message["value"], separators=(",", ":"), ensure_ascii=False).encode()


def sdk_message(message: dict[str, Any]) -> KafkaMessage:
    headers = {name: text.encode() for name, text in message["headers"].items()}
    return KafkaMessage(headers=headers, key=message["key"].encode(), value=value_of(message))


def record(topic: str, message: KafkaMessage, key: str) -> Record:
    value = message.value if isinstance(message.value, bytes) else message.value.encode()
    return Record(topic, 0, 0, key.encode(), value, tuple(message.headers.items()), APPENDED)


def test_every_event_has_its_golden_message() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(BY_NAME)


@pytest.mark.parametrize(("name", "example"), BY_NAME.items(), ids=BY_NAME)
def test_the_producer_writes_exactly_the_golden_message(name: str, example: Example) -> None:
    message = golden(name)

    assert message["topic"] == example.event.TOPIC, CHANGED
    assert example.key == message["key"], CHANGED
    assert example.envelope.headers() == [(n, text.encode()) for n, text in message["headers"].items()], CHANGED
    assert example.event.encode() == value_of(message), CHANGED


@pytest.mark.parametrize(("name", "example"), BY_NAME.items(), ids=BY_NAME)
def test_the_consumer_reads_the_golden_message_as_what_was_meant(name: str, example: Example) -> None:
    message = golden(name)

    received = decode(record(message["topic"], sdk_message(message), message["key"]))

    assert received.event == example.event
    assert received.envelope == example.envelope


@pytest.mark.parametrize("name", BY_NAME)
def test_the_cloudevents_sdk_reads_the_golden_message(name: str) -> None:
    message = golden(name)
    headers = message["headers"]

    event = kafka.from_binary(sdk_message(message), JSONFormat(), CloudEvent)

    assert event.get_specversion() == "1.0"
    assert (event.get_id(), event.get_source(), event.get_type()) == (
        headers["ce_id"],
        headers["ce_source"],
        headers["ce_type"],
    )
    assert event.get_subject() == headers.get("ce_subject")
    assert event.get_time() == datetime.fromisoformat(headers["ce_time"])
    assert event.get_datacontenttype() == "application/json"
    assert event.get_extension("sequence") == headers.get("ce_sequence")
    assert event.get_extension("correlationid") == headers["ce_correlationid"]
    assert event.get_data() == message["value"]


@pytest.mark.parametrize("mode", ["binary", "structured"])
@pytest.mark.parametrize(("name", "example"), BY_NAME.items(), ids=BY_NAME)
def test_the_consumer_reads_what_the_cloudevents_sdk_writes_of_it(name: str, example: Example, mode: str) -> None:
    message = golden(name)
    event = kafka.from_binary(sdk_message(message), JSONFormat(), CloudEvent)
    written = kafka.to_binary(event, JSONFormat()) if mode == "binary" else kafka.to_structured(event, JSONFormat())
    # The trace is Kafka's header of its own, not an attribute: it goes on beside them.
    headers = {**written.headers, "traceparent": message["headers"].get("traceparent", "").encode()}

    received = decode(record(message["topic"], KafkaMessage(headers, None, written.value), message["key"]))

    assert received.event == example.event
    assert received.envelope.identity == example.envelope.identity
    assert (received.envelope.type, received.envelope.time) == (example.envelope.type, example.envelope.time)
    assert received.envelope.sequence == example.envelope.sequence
    assert received.envelope.correlation_id == example.envelope.correlation_id
