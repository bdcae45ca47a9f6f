"""The CloudEvents codec: what goes out comes in the same, by our reading and by the SDK's; what is wrong is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cloudevents.core.bindings import kafka
from cloudevents.core.bindings.kafka import KafkaMessage
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from shared.envelope import Envelope, Malformed, Record, decode, unknown_type_is_skipped
from shared.events import IssueReported

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TYPE = "upheld.issuereported.v1"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
BODY = {"issue_id": "i-1", "description": "Calls fail"}
text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=50)


def record(value: bytes | None, *headers: tuple[str, bytes], topic: str = "issues", key: bytes | None = None) -> Record:
    return Record(topic, 3, 42, key, value, headers, AT)


def binary(body: dict[str, Any] | bytes = BODY, topic: str = "issues", **attributes: str) -> Record:
    given_ = {"specversion": "1.0", "id": "e-1", "source": "probe", "type": TYPE, **attributes}
    value = body if isinstance(body, bytes) else json.dumps(body).encode()
    return record(value, *((f"ce_{name}", value_.encode()) for name, value_ in given_.items() if value_), topic=topic)


@given(
    id=text,
    source=text,
    subject=text,
    words=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).filter(str.strip),
)
def test_what_goes_out_in_binary_mode_comes_in_the_same(id: str, source: str, subject: str, words: str) -> None:
    envelope = Envelope(id, source, TYPE, subject, AT, 7, TRACE, "cause")
    event = IssueReported(issue_id="i", description=words, began_at=AT, examples=("a",))

    received = decode(record(event.encode(), *envelope.headers()))

    assert received.envelope == envelope
    assert received.event == event


def test_the_cloudevents_sdk_reads_what_we_write() -> None:
    envelope = Envelope("e-1", "intake", TYPE, "UP-1", AT, 7, None, "cause")
    event = IssueReported(issue_id="i", description="words")
    message = KafkaMessage(headers=dict(envelope.headers()), key=b"acme", value=event.encode())

    read = kafka.from_binary(message, JSONFormat(), CloudEvent)

    assert (read.get_id(), read.get_source(), read.get_type(), read.get_subject()) == ("e-1", "intake", TYPE, "UP-1")
    assert read.get_time() == AT
    assert read.get_extension("sequence") == "7"
    assert read.get_data() == json.loads(event.encode())


@pytest.mark.parametrize("mode", ["binary", "structured"])
def test_we_read_what_the_cloudevents_sdk_writes(mode: str) -> None:
    event = CloudEvent(
        {
            "id": "e-1",
            "source": "probe",
            "type": TYPE,
            "specversion": "1.0",
            "time": AT,
            "datacontenttype": "application/json",
        },
        BODY,
    )
    write = kafka.to_binary if mode == "binary" else kafka.to_structured

    message = write(event, JSONFormat())
    value = message.value if isinstance(message.value, bytes) else message.value.encode()
    received = decode(record(value, *message.headers.items()))

    assert received.envelope == Envelope("e-1", "probe", TYPE, None, AT)
    assert received.event == IssueReported(issue_id="i-1", description="Calls fail")


def test_plain_json_gets_its_attributes_from_its_place() -> None:
    received = decode(record(b'{"description": "down"}', key=b"globex"))

    assert received.envelope == Envelope("issues/3/42", "globex", TYPE, None, AT)
    assert received.event == IssueReported(issue_id="issues/3/42", description="down")


def test_unknown_fields_are_read_over() -> None:
    assert decode(binary({**BODY, "colour": "red"})).event == IssueReported(issue_id="i-1", description="Calls fail")


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (record(b"{"), "not JSON"),
        (record(b"\xff\xfe"), "not JSON"),
        (record(b"[1]"), "not a JSON object, but list"),
        (record(b"[" * 100_000), "not JSON"),
        (record(None), "the value is null"),
        (record(b" " * 200_000), "more than the 131072 allowed"),
        (record(b"{}", topic="tickets"), "no CloudEvents headers"),
        (record(b"{}", key=b"\xff"), "`key` is not UTF-8"),
        (binary(id=""), "`id` is missing"),
        (binary(type="upheld.issuereported.v2"), "unknown type 'upheld.issuereported.v2'"),
        (binary(type="upheld.statuschanged.v1"), "unknown type"),
        (binary(specversion="0.3"), "CloudEvents 0.3"),
        (binary(time="yesterday"), "not RFC 3339"),
        (binary(time="2026-01-01T00:00:00"), "no time zone"),
        (binary(sequence="-1"), "positive whole number"),
        (binary(sequence="9" * 5000), "positive whole number"),
        (binary(time="0001-01-01T00:00:00+14:00"), "not RFC 3339"),
        (binary({**BODY, "began_at": "9999-12-31T23:59:59-14:00"}), "began_at: lies outside the years 1 to 9999"),
        (binary(correlationid="x" * 401), "`correlationid` holds U+0000 or is longer"),
        (
            record(
                b'{"specversion":"1.0","id":null,"source":"s","type":"upheld.issuereported.v1","data":{}}',
                ("content-type", b"application/cloudevents+json"),
            ),
            "`id` is not a string",
        ),
        (
            record(
                b'{"specversion":"1.0","id":"\\ud800","source":"s","type":"upheld.issuereported.v1","data":{}}',
                ("content-type", b"application/cloudevents+json"),
            ),
            "`id` holds half of a surrogate pair",
        ),
        (binary({**BODY, "description": ""}), "description: String should have at least 1 character"),
        (binary({**BODY, "description": "a\u0000"}), "description: contains U+0000"),
        (binary(b'{"issue_id": "i", "description": "\\ud800"}'), "Invalid JSON"),
        (binary({**BODY, "began_at": "2026-01-01T00:00:00"}), "began_at: Input should have timezone info"),
        (binary({**BODY, "began_at": 5}), "began_at: Input should be a valid datetime"),
        (binary({**BODY, "ongoing": "true"}), "ongoing: Input should be a valid boolean"),
        (binary({**BODY, "examples": ["x"] * 51}), "examples: Tuple should have at most 50 items"),
        (binary({**BODY, "examples": ["x" * 201]}), "examples.0: String should have at most 200 characters"),
        (binary({**BODY, "issue_id": "x" * 201}), "issue_id: String should have at most 200 characters"),
        (
            binary({**BODY, "began_at": "2026-02-01T00:00:00Z", "ended_at": "2026-01-01T00:00:00Z"}),
            "ended_at is before began_at",
        ),
        (
            record(
                b'{"specversion":"1.0","id":"a","source":"s","type":"upheld.issuereported.v1","data":"x"}',
                ("content-type", b"application/cloudevents+json"),
            ),
            "needs `data`",
        ),
    ],
)
def test_what_cannot_become_an_event_is_malformed_and_says_why(bad: Record, sentence: str) -> None:
    with pytest.raises(Malformed) as error:
        decode(bad)

    assert sentence in str(error.value)


def test_another_version_is_skipped_only_where_its_type_is_not_handled() -> None:
    handled = {"upheld.statuschanged.v1"}

    assert not unknown_type_is_skipped("tickets", "upheld.statuschanged.v2", handled)
    assert unknown_type_is_skipped("tickets", "upheld.priorityassigned.v2", handled)
    assert unknown_type_is_skipped("tickets", "upheld.ticketlinked.v1", handled)
    assert not unknown_type_is_skipped("issues", "upheld.ticketlinked.v1", handled)
