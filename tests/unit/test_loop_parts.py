"""A large batch, handled as several transactions at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.consumer.batch import Outcome
from shared.consumer.failures import Waiting
from shared.consumer.loop import LEAST, PARTS, Loop, parted
from shared.envelope import Record

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def records(count: int, *, topic: str = "tickets", keys: int = 40) -> list[Record]:
    return [Record(topic, 0, place, f"key-{place % keys}".encode(), b"", (), NOW) for place in range(count)]


def test_a_small_batch_stays_one() -> None:
    few = records(2 * LEAST - 1)

    assert parted(few) == [few]


def test_what_has_one_key_stays_together_and_in_order() -> None:
    many = records(PARTS * LEAST)

    parts = parted(many)

    assert len(parts) == PARTS
    assert sorted(record.offset for part in parts for record in part) == list(range(PARTS * LEAST))
    for part in parts:
        assert [record.offset for record in part] == sorted(record.offset for record in part)
        others = {record.key for other in parts if other is not part for record in other}
        assert others.isdisjoint(record.key for record in part)


def test_a_part_has_enough_records_to_be_worth_a_transaction() -> None:
    assert len(parted(records(2 * LEAST))) == 2
    assert len(parted(records(100 * LEAST))) == PARTS


def test_records_of_one_key_are_one_batch() -> None:
    many = records(PARTS * LEAST, keys=1)

    assert parted(many) == [many]


def test_what_comes_with_reference_data_waits_for_it_in_one_batch() -> None:
    many = [*records(PARTS * LEAST), *records(1, topic="accounts")]

    assert parted(many) == [many]


class Working(Loop):
    """A loop whose parts end as a test says."""

    def __init__(self, ends: dict[int, Outcome | Exception]) -> None:
        self.ends, self.ended = ends, list[int]()

    async def _handle(self, records: Sequence[Record], tries: int) -> Outcome:
        place = records[0].offset
        for _ in range(place):
            await asyncio.sleep(0)
        self.ended.append(place)
        end = self.ends[place]
        if isinstance(end, Exception):
            raise end
        return end


async def taken(ends: dict[int, Outcome | Exception]) -> tuple[Working, Any]:
    loop = Working(ends)
    parts = [[record] for record in records(len(ends))]
    return loop, await asyncio.gather(loop._side_by_side(parts), return_exceptions=True)


async def test_what_became_of_the_parts_is_what_became_of_the_batch() -> None:
    one, other = Outcome(correlation_id="c-1"), Outcome(correlation_id="c-2")
    one.counts["tickets", "handled"] = 2
    other.counts["tickets", "handled"] = 3
    other.counts["tickets", "skipped"] = 1

    _, (outcome,) = await taken({0: Outcome(), 1: one, 2: other})

    assert outcome.counts == {("tickets", "handled"): 5, ("tickets", "skipped"): 1}
    assert outcome.correlation_id == "c-1"


async def test_a_part_that_fails_is_told_of_when_all_have_ended() -> None:
    loop, (error,) = await taken({0: Waiting("it comes"), 1: Outcome(), 2: Outcome()})

    assert isinstance(error, Waiting)
    assert loop.ended == [0, 1, 2]


@pytest.mark.parametrize("first", [0, 1])
async def test_of_two_failures_the_one_that_trying_again_does_not_mend_is_told(first: int) -> None:
    failures: list[Outcome | Exception] = [Waiting("it comes"), ZeroDivisionError("a bug")]

    _, (error,) = await taken({0: failures[first], 1: failures[1 - first]})

    assert isinstance(error, ZeroDivisionError)
