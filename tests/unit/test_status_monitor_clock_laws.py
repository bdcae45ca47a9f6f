"""Laws of status-monitor's clocks, whatever the facts, in whatever order and however often they are swept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.status_monitor.domain.clocks import cycles, read
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, WAITING, Facts
from services.status_monitor.domain.promised import Terms
from services.status_monitor.domain.verdicts import coming
from tests.support.status import accepted, at, begun, target

MINUTE = timedelta(minutes=1)

minutes_ = st.integers(min_value=0, max_value=600)

holds_ = st.lists(st.tuples(minutes_, st.integers(min_value=0, max_value=120)), max_size=4)

TERMS = Terms(pauses={WAITING: CLOCKS}, warnings={"first_resolution": ("50%",)})


def facts_of(holds: list[tuple[int, int]], stop: int | None, words: list[int]) -> Facts:
    facts = Facts(start=at(0)).planned(at(0), {clock: target(100) for clock in CLOCKS})
    for place, (begin, length) in enumerate(holds):
        facts = facts.held(WAITING, str(place), at(begin), at(begin + length))
    for word in words:
        facts = facts.spoken(at(word), person=True, word=True)
    return facts if stop is None else facts.moved("resolved", at(stop))


@given(holds=holds_, order=st.randoms(), words=st.lists(minutes_, max_size=4), now=minutes_)
def test_the_order_in_which_facts_become_known_does_not_matter(
    holds: list[tuple[int, int]], order: Any, words: list[int], now: int
) -> None:
    facts = facts_of(holds, 300, words)
    shuffled_holds, shuffled_words = [*holds], [*words]
    order.shuffle(shuffled_holds)
    order.shuffle(shuffled_words)
    other = facts_of(shuffled_holds, 300, shuffled_words)

    for clock in CLOCKS:
        assert read(clock, facts, TERMS, at(now)) == read(clock, other, TERMS, at(now))
        assert cycles(clock, facts, TERMS) == cycles(clock, other, TERMS)


@given(holds=holds_, now=minutes_)
def test_time_is_either_elapsed_or_paused(holds: list[tuple[int, int]], now: int) -> None:
    facts = facts_of(holds, None, [])

    reading = read("first_resolution", facts, TERMS, at(now))

    assert reading.elapsed + reading.paused == now * MINUTE


@given(holds=holds_, now=minutes_)
def test_a_clock_is_breached_exactly_when_its_target_is_used_up(holds: list[tuple[int, int]], now: int) -> None:
    facts = facts_of(holds, None, [])

    reading = read("first_resolution", facts, TERMS, at(now))
    breaches = [item for item in coming(Course(facts, TERMS)) if not item.points and item.clock == "first_resolution"]

    (breach,) = breaches
    assert (reading.state == "breached") == (breach.at < at(now))
    if reading.state == "breached":
        assert reading.elapsed >= 100 * MINUTE
    else:
        assert reading.elapsed <= 100 * MINUTE


@settings(max_examples=40)
@given(times=st.lists(minutes_, min_size=1, max_size=6, unique=True), holds=holds_)
def test_it_makes_no_difference_how_often_the_sweep_runs(times: list[int], holds: list[tuple[int, int]]) -> None:
    def play(sweeps: list[int]) -> list[tuple[str, str | None]]:
        case = begun(first_resolution=target(100), first_response=target(30))
        said = []
        for now in [*sorted(sweeps), 700]:
            said += [(item.cause, item.message) for item in case.sweep(now)]
        return said

    assert play(times) == play([])


@given(notified=minutes_, swept=minutes_, known=minutes_)
def test_a_breach_stands_exactly_when_no_acceptance_was_in_time(notified: int, swept: int, known: int) -> None:
    case = begun(notification=target(60))
    events = sorted([(swept, "sweep"), (max(known, notified), "event")])

    for now, kind in events:
        if kind == "sweep":
            # Caught up only to what is known: an acceptance that lies in the log ends the sweep before it.
            case.sweep(now)
        else:
            case.event(now, accepted(notified))

    kinds = case.entries("notification")
    standing = kinds.count("breached") - kinds.count("corrected")
    assert kinds.count("breached") <= 1
    assert standing == (1 if "breached" in kinds and notified > 60 else 0)
