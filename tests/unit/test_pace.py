"""The pace of a loop's fetches."""

from types import SimpleNamespace
from typing import Any

import pytest

from shared.consumer import pace
from shared.consumer.pace import BYTES, Pace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(pace.time, "perf_counter", lambda: clock.now)
    return clock


def consumer() -> Any:
    return SimpleNamespace(_fetcher=SimpleNamespace(_fetch_min_bytes=1, _fetch_max_wait_ms=500))


def settings(of: Any) -> tuple[int, int]:
    return of._fetcher._fetch_min_bytes, of._fetcher._fetch_max_wait_ms


def batches(
    own: Pace, of: Any, clock: SimpleNamespace, *, number: int, each: int, every: float, took: float = 0.005
) -> list[Any]:
    """So many batches, one every so many seconds; how the fetch behind each is asked for, then how at rest."""
    seen = []
    for _ in range(number):
        own.asks()
        clock.now += every - took
        own.begins(of, each)
        during = settings(of)
        clock.now += took
        own.ends(of)
        seen.append((during, settings(of)))
    return seen


def test_records_that_come_now_and_then_are_fetched_at_once(clock: SimpleNamespace) -> None:
    of = consumer()
    assert set(batches(Pace(), of, clock, number=100, each=1, every=0.02)) == {((1, 500), (1, 500))}


def test_records_that_come_often_are_gathered_for_three_times_as_long_as_a_batch_takes(clock: SimpleNamespace) -> None:
    of = consumer()
    seen = batches(Pace(), of, clock, number=200, each=6, every=0.02, took=0.005)
    assert seen[0] == ((1, 500), (1, 500))
    assert seen[-1] in [((BYTES, 14), (BYTES, 14)), ((BYTES, 15), (BYTES, 15))]


def test_nothing_is_gathered_for_more_than_fifty_milliseconds(clock: SimpleNamespace) -> None:
    of = consumer()
    assert batches(Pace(), of, clock, number=200, each=50, every=0.1, took=0.04)[-1] == ((BYTES, 50), (BYTES, 50))


def test_where_fewer_than_four_records_would_come_meanwhile_nobody_waits(clock: SimpleNamespace) -> None:
    of = consumer()
    assert set(batches(Pace(), of, clock, number=200, each=3, every=0.02, took=0.005)) == {((1, 500), (1, 500))}


def test_when_the_rush_is_over_a_fetch_is_answered_at_once_again(clock: SimpleNamespace) -> None:
    of, own = consumer(), Pace()
    batches(own, of, clock, number=200, each=6, every=0.02)
    assert batches(own, of, clock, number=10, each=1, every=0.5)[-1] == ((1, 500), (1, 500))


def test_behind_records_that_had_waited_the_broker_gathers_for_as_long_as_the_last_batch_took(
    clock: SimpleNamespace,
) -> None:
    of, own = consumer(), Pace()
    own.asks()
    clock.now += 1
    own.begins(of, 1)
    clock.now += 0.007
    own.ends(of)
    own.asks()
    own.begins(of, 1)
    assert settings(of) == (BYTES, 7)
    own.ends(of)
    assert settings(of) == (1, 500)
