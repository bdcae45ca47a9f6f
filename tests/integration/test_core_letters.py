"""Dead letters on real Kafka and Postgres: raw bytes kept, nobody delayed, parking, redrive."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy

from shared.consumer import Refused
from shared.consumer import loop as loop_module
from tests.support.probe import (
    ISSUE,
    Probe,
    admin_key,
    are_letters,
    counted,
    handled_so_many,
    letters,
    names,
    opened,
    run,
    was_handled,
)
from tests.support.space import Space
from tests.support.waiting import until


async def test_a_malformed_record_keeps_its_raw_bytes_and_delays_nobody(space: Space) -> None:
    probe = Probe()
    await run(space, probe)

    await space.put_raw("issues", b"\xff\xfe not json", key=b"k", partition=0, headers=[("x", b"\x00\xff")])
    await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": "good"}).encode(), key=b"k", partition=0)

    await until("the good one", lambda: was_handled(probe, "good"))
    (letter,) = await letters(space)
    assert letter["value"] == b"\xff\xfe not json"
    assert letter["kind"] == "malformed"
    assert "not JSON" in letter["reason"]


async def test_a_record_that_the_domain_refuses_is_a_dead_letter_and_its_batch_goes_on(space: Space) -> None:
    probe = Probe()
    probe.fail = lambda item: Refused(item, "not this one") if item.event.issue_id == "bad" else None
    for name in ("a", "bad", "b"):
        await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": name}).encode(), key=b"k", partition=0)

    await run(space, probe)

    await until("the others", lambda: was_handled(probe, "b"))
    (letter,) = await letters(space)
    assert (letter["kind"], letter["reason"]) == ("refused", "not this one")
    assert probe.handled == ["a", "b"]


async def test_later_events_of_a_ticket_park_behind_its_dead_letter_and_follow_its_redrive(space: Space) -> None:
    probe = Probe()
    probe.fail = lambda item: Refused(item, "not yet") if item.envelope.sequence == 1 else None
    ticket = str(uuid4())
    app = await run(space, probe)

    for sequence in (1, 2, 3):
        await space.put_raw("tickets", **opened(ticket, sequence=sequence))
    await space.put_raw("tickets", **opened(str(uuid4()), number="UP-9", sequence=1, event="other"))
    await until("two parked", lambda: are_letters(space, "parked", 2))
    first = (await letters(space))[0]
    assert await space.value("intake", "SELECT count(*) FROM inbox WHERE topic = 'tickets'") == 0

    probe.fail = lambda item: None
    key = await admin_key(space, app)
    async with space.http("intake", key) as client:
        answer = await client.post(f"/v1/dead-letters/{first['id']}/redrive")

    assert answer.json() == {"service": "intake", "id": first["id"], "handled": 3, "discarded": False}
    assert await names(space) == ["UP-1/1", "UP-1/2", "UP-1/3"]
    await space.put_raw("tickets", **opened(ticket, sequence=4))
    await until("the next one flows again", lambda: counted(space, 4))


async def test_what_comes_before_a_dead_letter_in_its_batch_is_not_parked(space: Space) -> None:
    probe = Probe()
    probe.fail = lambda item: Refused(item, "not yet") if item.envelope.sequence == 2 else None
    ticket = str(uuid4())
    for sequence in (1, 2, 3):
        await space.put_raw("tickets", **opened(ticket, sequence=sequence))

    await run(space, probe)

    await until("the third one parked", lambda: are_letters(space, "parked", 1))
    (dead,), (parked,) = await letters(space, "dead"), await letters(space, "parked")
    assert (dead["offset"], parked["offset"]) == (1, 2)
    assert await space.value("intake", "SELECT last FROM seen WHERE key = $1", ticket) == 1


async def test_a_discarded_dead_letter_lets_the_next_events_of_its_ticket_go_on(space: Space) -> None:
    probe = Probe()
    app = await run(space, probe)
    ticket = str(uuid4())

    await space.put_raw("tickets", **opened(ticket, sequence=1, opened_at="not a time"))
    await space.put_raw("tickets", **opened(ticket, sequence=2))
    await until("one parked", lambda: are_letters(space, "parked", 1))
    (dead,) = await letters(space)
    async with space.http("intake", await admin_key(space, app)) as client:
        still = await client.post(f"/v1/dead-letters/{dead['id']}/redrive")
        done = await client.post(f"/v1/dead-letters/{dead['id']}/discard")

    assert still.status_code == 409
    assert "still fails" in still.json()["detail"]
    assert done.json()["handled"] == 1
    assert await names(space) == ["UP-1/2"]
    assert await letters(space) == []


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"type_": "upheld.ticketopened.v2"}, "unknown type"),
        ({"source": "someone"}, "is said by intake"),
        ({"number": 5}, "number: Input should be a valid string"),
        ({"number": "a\u0000b"}, "U+0000"),
        ({"opened_at": "2026-01-01T00:00:00"}, "opened_at: Input should have timezone info"),
    ],
)
async def test_a_record_on_tickets_that_is_not_as_it_must_be_is_a_dead_letter(
    space: Space, record: dict[str, Any], reason: str
) -> None:
    await run(space, Probe())

    await space.put_raw("tickets", **opened(str(uuid4()), **record))

    await until("the letter", lambda: are_letters(space, "dead", 1))
    assert reason in (await letters(space))[0]["reason"]


async def test_a_null_value_and_a_megabyte_are_dead_letters_on_issues(space: Space) -> None:
    await run(space, Probe())

    await space.put_raw("issues", None, key=b"k")
    await space.put_raw("issues", b'{"description": "' + b"x" * 1_000_000 + b'"}', key=b"k")

    await until("both", lambda: are_letters(space, "dead", 2))
    reasons = sorted(letter["reason"] for letter in await letters(space))
    assert "the value has 1000019 bytes, more than the 131072 allowed" in reasons[0]
    assert "the value is null" in reasons[1]


class NotUtf8(str):
    """A header's name as a client in C may write it."""

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return b"\xff" + super().encode(encoding, errors)


async def put_unreadable(space: Space, topic: str, partition: int) -> None:
    """Our own producer writes no such record; the library's builder in Python can be led to."""
    producer = AIOKafkaProducer(bootstrap_servers=space.settings.kafka_bootstrap_servers)
    await producer.start()
    try:
        batch = producer.create_batch()
        batch._builder = _DefaultRecordBatchBuilderPy(2, 0, 0, -1, -1, 0, 16384)
        batch.append(key=None, value=b"{}", timestamp=None, headers=[(NotUtf8("x"), b"1")])
        await (await producer.send_batch(batch, space.settings.topic_prefix + topic, partition=partition))
    finally:
        await producer.stop()


async def test_a_record_that_the_client_cannot_read_is_noted_and_passed_over(space: Space) -> None:
    probe = Probe()
    for number in range(3):
        await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": f"a{number}"}).encode(), partition=0)
    await put_unreadable(space, "issues", 0)
    await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": "after"}).encode(), partition=0)

    await run(space, probe)

    await until("the one behind it", lambda: was_handled(probe, "after"))
    assert probe.handled == ["a0", "a1", "a2", "after"]
    (letter,) = await letters(space)
    assert (letter["partition"], letter["offset"], letter["kind"]) == (0, 3, "malformed")


async def test_a_header_without_a_value_is_kept_as_such(space: Space) -> None:
    probe = Probe()
    await run(space, probe)

    await space.put_raw("issues", b"nonsense", headers=[("x", None)])  # type: ignore[list-item]

    await until("the letter", lambda: are_letters(space, "dead", 1))
    assert json.loads((await letters(space))[0]["headers"]) == [["x", None]]


async def test_headers_larger_than_8_kb_are_refused_before_they_spread(space: Space) -> None:
    await run(space, Probe())

    await space.put_raw("issues", b'{"description": "down"}', headers=[("ce_correlationid", b"x" * 9000)])

    await until("the letter", lambda: are_letters(space, "dead", 1))
    assert "the headers have 9016 bytes, more than the 8192 allowed" in (await letters(space))[0]["reason"]


async def test_a_flood_of_rubbish_on_tickets_stops_the_service_but_not_for_good(
    space: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop_module, "STOPPED_FOR", 0.2)
    monkeypatch.setattr(loop_module, "WITHIN", 0.4)
    probe = Probe()
    for number in range(25):
        await space.put_raw("tickets", b"rubbish", key=str(number).encode(), partition=0)
    await space.put_raw("tickets", **opened(str(uuid4()), number="UP-7"), partition=0)

    await run(space, probe)

    await until("the good one behind them", lambda: counted(space, 1))
    assert len(await letters(space)) == 25


async def test_a_type_that_nobody_knows_is_skipped_in_structured_mode_too(space: Space) -> None:
    await run(space, Probe())
    ticket = str(uuid4())
    unknown = {
        "specversion": "1.0",
        "id": "m",
        "source": "intake",
        "type": "upheld.ticketmerged.v1",
        "sequence": "2",
        "data": {},
    }

    await space.put_raw("tickets", **opened(ticket, sequence=1))
    await space.put_raw(
        "tickets",
        json.dumps(unknown).encode(),
        key=ticket.encode(),
        headers=[("content-type", b"application/cloudevents+json")],
    )
    await space.put_raw("tickets", **opened(ticket, sequence=3))

    await until("the third", lambda: counted(space, 2))
    assert await letters(space) == []


async def test_many_refusals_cost_one_more_try_not_one_each(space: Space) -> None:
    probe = Probe()
    for number in range(50):
        await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": f"i{number}"}).encode(), partition=0)
    probe.refuse = lambda batch: [(item, "even") for item in batch if int(item.event.issue_id[1:]) % 2 == 0]

    await run(space, probe)

    await until("the odd ones", lambda: handled_so_many(probe, 25))
    assert len(await letters(space)) == 25
    assert probe.attempts <= 6
