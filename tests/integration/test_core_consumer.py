"""The event core on real Kafka and Postgres: once each, in sequence, whatever fails."""

from __future__ import annotations

import json
from uuid import uuid4

import asyncpg
import pytest

from shared.consumer import loop as loop_module
from tests.support.probe import (
    ISSUE,
    Probe,
    counted,
    handled_so_many,
    is_ready,
    is_stopped,
    letters,
    names,
    opened,
    run,
    saw_gap,
    was_handled,
)
from tests.support.space import Space
from tests.support.waiting import until


async def test_an_event_that_comes_twice_is_handled_once(space: Space) -> None:
    probe = Probe()
    await run(space, probe)
    record = opened(str(uuid4()))

    await space.put_raw("tickets", **record)
    await space.put_raw("tickets", **record)
    await space.put_raw("tickets", **opened(str(uuid4()), number="UP-2"))

    await until("both tickets", lambda: counted(space, 2))
    assert sorted(await names(space)) == ["UP-1/1", "UP-2/1"]


async def test_an_event_in_a_sequence_that_comes_again_with_another_time_is_handled_once(space: Space) -> None:
    probe = Probe()
    await run(space, probe)
    record = opened(str(uuid4()))
    late = [(name, b"2031-01-01T00:00:00+00:00" if name == "ce_time" else value) for name, value in record["headers"]]

    await space.put_raw("tickets", **record)
    await space.put_raw("tickets", **{**record, "headers": late})
    await space.put_raw("tickets", **opened(str(uuid4()), number="UP-2"))

    await until("both tickets", lambda: counted(space, 2))
    assert late != record["headers"]
    assert sorted(await names(space)) == ["UP-1/1", "UP-2/1"]


async def test_an_unknown_exception_is_isolated_to_the_record_that_causes_it(
    space: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = Probe()
    probe.fail = lambda item: ZeroDivisionError("a bug") if item.event.issue_id == "i3" else None
    for number in range(8):
        await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": f"i{number}"}).encode(), key=b"k", partition=0)

    await run(space, probe)

    await until("the last", lambda: was_handled(probe, "i7"), within=40)
    (letter,) = await letters(space)
    assert (letter["kind"], letter["reason"]) == ("unexplained", "ZeroDivisionError: a bug")
    assert probe.handled == ["i0", "i1", "i2", "i4", "i5", "i6", "i7"]


async def test_a_transient_failure_is_tried_until_it_works_and_buries_nothing(space: Space) -> None:
    probe = Probe()
    failures = iter([OSError("gone"), asyncpg.DeadlockDetectedError("again"), TimeoutError()])
    probe.fail = lambda item: next(failures, None)
    await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": "one"}).encode(), key=b"k")

    await run(space, probe)

    await until("it", lambda: was_handled(probe, "one"))
    assert probe.attempts == 4
    assert await letters(space) == []


async def test_a_gap_in_a_sequence_waits_and_an_earlier_event_is_a_duplicate(space: Space) -> None:
    probe = Probe()
    app = await run(space, probe)
    ticket = str(uuid4())

    await space.put_raw("tickets", **opened(ticket, sequence=1))
    await until("the first", lambda: counted(space, 1))
    await space.put_raw("tickets", **opened(ticket, sequence=3))
    await until("the gap is seen", lambda: saw_gap(app))

    assert await names(space) == ["UP-1/1"]
    assert await letters(space) == []


async def test_a_type_that_this_service_does_not_handle_counts_as_seen(space: Space) -> None:
    probe = Probe()
    await run(space, probe)
    ticket = str(uuid4())

    await space.put_raw("tickets", **opened(ticket, sequence=1))
    await space.put_raw("tickets", **opened(ticket, sequence=2, type_="upheld.ticketmerged.v1"))
    await space.put_raw("tickets", **opened(ticket, sequence=3))

    await until("the third", lambda: counted(space, 2))
    assert await names(space) == ["UP-1/1", "UP-1/3"]


async def test_a_flood_of_unexplained_failures_stops_the_service_which_says_why_and_resumes_by_itself(
    space: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop_module, "STOPPED_FOR", 0.5)
    monkeypatch.setattr(loop_module, "TRIES", 1)
    probe = Probe()
    probe.fail = lambda item: RuntimeError("a bug")
    for number in range(30):
        await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": f"i{number}"}).encode(), key=b"k", partition=0)
    app = await run(space, probe)

    await until("it stops", lambda: is_stopped(app))
    assert len(await letters(space)) <= 20
    assert any("too many records fail" in reason for reason in await app.missing())
    buried = len(await letters(space))

    probe.fail = lambda item: None
    await until("the rest is handled", lambda: handled_so_many(probe, 30 - buried))
    assert len(await letters(space)) == buried
    await until("it is ready again", lambda: is_ready(app))
