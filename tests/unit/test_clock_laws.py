"""Laws of a ticket's clocks, for whatever happens to it: against a walk minute by minute, and of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from services.status_monitor.domain.clocks import Reading
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, Facts
from services.status_monitor.domain.ledger import Entry, implied
from services.status_monitor.domain.verdicts import coming
from shared.policy import Policy
from tests.support.oracle import MINUTE, Event, Promise, Walk, open_minutes
from upheld.sla.form import DOES, Expect, File
from upheld.sla.play import Played, play
from upheld.sla.policies import of_parts
from upheld.sla.read import Known, Scenario, once

LENGTH = 1500
"""Minutes that a ticket is looked at; they hold a change of the clocks in each of these places."""
PLACES = {
    "Europe/Berlin": datetime(2026, 3, 28, 16, tzinfo=UTC),
    "America/New_York": datetime(2026, 10, 31, 18, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 4, 4, 4, tzinfo=UTC),
}
WEEK = {day: [(60, 150), (150, 720), (780, 1440)] for day in range(7)} | {0: [(480, 720), (780, 1020)]}
HOURS = ["01:00-02:30", "02:30-12:00", "13:00-24:00"]
LENGTHS = {"P1": (20, 60, 100, 200, 300), "P2": (60, 40, 20, 400, 200), "P3": (200, None, 300, None, 100)}
CALENDARS = {"P1": "always", "P2": "hours", "P3": "hours"}
PAUSES = {
    "awaiting customer": ["update", "first_resolution", "total_resolution"],
    "maintenance": ["first_response", "update", "total_resolution"],
}
POINTS = (50, 75)


@lru_cache
def policy_of(zone: str, excluding: bool = False) -> Policy:
    """`excluding`: every clock is paused for what is excluded."""
    targets = {
        priority: {
            clock: {"every" if clock == "update" else "target": f"PT{length}M", "calendar": CALENDARS[priority]}
            for clock, length in zip(CLOCKS, lengths, strict=True)
            if length is not None
        }
        for priority, lengths in LENGTHS.items()
    }
    week = {"mon": ["08:00-12:00", "13:00-17:00"], "tue-sun": HOURS}
    pauses = PAUSES | ({"exclusion": list(CLOCKS)} if excluding else {})
    plan = {"targets": targets, "pauses": pauses, "warnings": {clock: ["50%", "75%"] for clock in CLOCKS}}
    parts = {"calendars": {"hours": {"zone": zone, "week": week}}, "plans": {"gold": plan}}
    return of_parts(parts, ())


@lru_cache
def hours_of(zone: str) -> Mapping[str, Sequence[bool]]:
    hours = open_minutes(zone, WEEK, PLACES[zone], 2)
    return {"always": [True] * len(hours), "hours": hours}


def promises_of(priority: str) -> dict[str, Promise]:
    return {
        clock: Promise(length, CALENDARS[priority])
        for clock, length in zip(CLOCKS, LENGTHS[priority], strict=True)
        if length is not None
    }


KINDS = ["message", "page", "note", "ask", "ask", "reply", "reply", "resolve", "reopen", "notified",
         "maintenance-start", "maintenance-end", "P1", "P2", "P3"]  # fmt: skip
happened = st.lists(
    st.tuples(st.integers(0, LENGTH // 10).map(lambda tenth: tenth * 10), st.sampled_from(KINDS)),
    max_size=12,
    unique=True,
)
closings = st.one_of(st.none(), st.integers(0, LENGTH))
MORE: dict[str, dict[str, Any]] = {
    "page": {"do": "message", "by": "page"},
    "note": {"do": "message", "public": False},
    **{priority: {"do": "priority", "priority": priority} for priority in LENGTHS},
}


def scenario(
    zone: str, first: str, events: Sequence[tuple[int, str]], judged: int, late: Sequence[int] = ()
) -> Scenario:
    """`late`: of each event, by how many minutes it becomes known late."""
    start = PLACES[zone]
    known = [Known(DOES["open"].model_validate({"at": start, "do": "open", "priority": first}), start)]
    for place, (minute, kind) in enumerate(events):
        written = {"at": start + minute * MINUTE, "do": kind} | MORE.get(kind, {})
        event = DOES[written["do"]].model_validate(written)
        known.append(Known(event, event.at + (late[place] if late else 0) * MINUTE))
    file = File(name="a law", policy="p", events=[{}], judged_at=start + judged * MINUTE, expect=Expect())
    return Scenario(file, policy_of(zone), "gold", tuple(known))


def readings(played: Played) -> list[Reading]:
    return [played.read(clock, net=False)[0] for clock in CLOCKS]


@settings(max_examples=120, deadline=None)
@given(
    zone=st.sampled_from(sorted(PLACES)),
    first=st.sampled_from(sorted(LENGTHS)),
    events=happened,
    closed=closings,
    judged=st.integers(0, LENGTH),
)
def test_the_clocks_say_what_a_walk_minute_by_minute_says(
    zone: str, first: str, events: list[tuple[int, str]], closed: int | None, judged: int
) -> None:
    if closed is not None:
        events = [*events, (closed, "close")]
    walked = [Event(0, "open", promises_of(first))]
    for minute, kind in events:
        if kind in LENGTHS:
            walked.append(Event(minute, "priority", promises_of(kind)))
        elif kind == "ask":
            walked += [Event(minute, "message"), Event(minute, "wait")]
        else:
            walked.append(Event(minute, kind))

    walked = [event for event in walked if event.at <= judged]

    played = play(scenario(zone, first, events, judged))

    for clock in CLOCKS:
        reading, tally = played.read(clock, net=False)
        pauses = [reason for reason, clocks in PAUSES.items() if clock in clocks]
        found = Walk(clock, hours_of(zone), pauses, POINTS).run(walked, judged)
        assert (reading.state, tally.breaches, tally.warnings) == (found.state, found.breaches, found.warnings), clock
        assert (reading.elapsed, reading.paused) == (found.elapsed * MINUTE, found.paused * MINUTE), clock


delays = st.lists(st.integers(0, 400), min_size=12, max_size=12)


@settings(max_examples=80, deadline=None)
@given(first=st.sampled_from(sorted(LENGTHS)), events=happened, late=delays)
def test_when_all_is_known_it_makes_no_difference_when_it_became_known(
    first: str, events: list[tuple[int, str]], late: list[int]
) -> None:
    zone, judged = "Europe/Berlin", LENGTH + 401

    on_time = play(scenario(zone, first, events, judged))
    delayed = play(scenario(zone, first, events, judged, late))

    assert readings(delayed) == readings(on_time)
    assert implied(delayed.course) == implied(on_time.course)
    assert [item.at for item in coming(delayed.course) if item.at > delayed.at] == [
        item.at for item in coming(on_time.course) if item.at > on_time.at
    ]


@settings(max_examples=60, deadline=None)
@given(
    first=st.sampled_from(sorted(LENGTHS)), events=happened, late=delays, order=st.randoms(), again=st.integers(0, 3)
)
def test_the_order_in_a_batch_and_repetitions_make_no_difference(
    first: str, events: list[tuple[int, str]], late: list[int], order: Any, again: int
) -> None:
    priorities = [minute for minute, kind in events if kind in LENGTHS]
    assume(len(set(priorities)) == len(priorities))  # of one kind at one instant, the order is the file's
    plain = scenario("Europe/Berlin", first, events, LENGTH, late)
    facts = [known.event.model_copy(update={"known_at": known.at}) for known in plain.events]
    repeated = [fact.model_copy(update={"known_at": fact.known_at + again * MINUTE}) for fact in facts[: again + 1]]
    arrived = order.sample([*facts, *repeated], len(facts) + len(repeated))

    shuffled = play(Scenario(plain.file, plain.policy, plain.plan, once(arrived)))

    played = play(plain)
    assert shuffled.ledger == played.ledger
    assert shuffled.course.facts.marks == played.course.facts.marks


@settings(max_examples=80, deadline=None)
@given(
    first=st.sampled_from(sorted(LENGTHS)),
    events=happened,
    late=delays,
    earlier=st.integers(0, LENGTH),
    later=st.integers(0, LENGTH),
)
def test_what_was_written_stays_written(
    first: str, events: list[tuple[int, str]], late: list[int], earlier: int, later: int
) -> None:
    before = play(scenario("Europe/Berlin", first, events, earlier, late))
    after = play(scenario("Europe/Berlin", first, events, earlier + later, late))

    assert after.ledger[: len(before.ledger)] == before.ledger
    assert after.course.facts.marks[: len(before.course.facts.marks)] == before.course.facts.marks


@settings(max_examples=60, deadline=None)
@given(first=st.sampled_from(sorted(LENGTHS)), events=happened, late=delays)
def test_verdicts_are_facts_apart_at_most_one_breach_a_cycle_and_corrections_follow_breaches(
    first: str, events: list[tuple[int, str]], late: list[int]
) -> None:
    marks = play(scenario("Europe/Berlin", first, events, LENGTH, late)).course.facts.marks

    standing: set[tuple[str, datetime]] = set()
    for mark in marks:
        cycle = (mark.clock, mark.cycle)
        if mark.kind == "breached":
            assert cycle not in standing
            assert mark.due is not None
            assert mark.due <= mark.at
            standing.add(cycle)
        elif mark.kind == "corrected":
            standing.remove(cycle)
    warned = [(mark.clock, mark.cycle, mark.points) for mark in marks if mark.kind == "at-risk"]
    assert len(set(warned)) == len(warned)


@settings(max_examples=40, deadline=None)
@given(first=st.sampled_from(sorted(LENGTHS)), events=happened, late=delays)
def test_a_replay_gives_the_same_bytes_and_what_is_stored_says_the_same(
    first: str, events: list[tuple[int, str]], late: list[int]
) -> None:
    def bytes_of(played: Played) -> bytes:
        return TypeAdapter(tuple[tuple[Entry, ...], list[Reading], Facts]).dump_json(
            (played.ledger, readings(played), played.course.facts)
        )

    played = play(scenario("Europe/Berlin", first, events, LENGTH, late))
    again = play(scenario("Europe/Berlin", first, events, LENGTH, late))
    stored = Facts.model_validate_json(played.course.facts.model_dump_json(exclude_defaults=True))

    assert bytes_of(again) == bytes_of(played)
    assert readings(Played(Course(stored, played.course.terms), (), played.at)) == readings(played)


excluded = st.lists(st.tuples(st.integers(0, LENGTH), st.integers(1, 400)), min_size=1, max_size=3)


def excluded_late_and_early(
    first: str, events: Sequence[tuple[int, str]], intervals: Sequence[tuple[int, int]]
) -> tuple[Played, Played, Played]:
    """Exclusions (minute of their begin, length) accepted at the end; at the start, by a plan that pauses; never."""
    plain = scenario("Europe/Berlin", first, events, LENGTH)
    start = PLACES["Europe/Berlin"]

    def excluding(at: int) -> tuple[Known, ...]:
        moment = start + at * MINUTE
        written = [
            {"from": start + begin * MINUTE, "to": start + (begin + length) * MINUTE, "clause": f"B.5.{place}"}
            for place, (begin, length) in enumerate(intervals)
        ]
        more = {"at": moment, "do": "exclude", "state": "accepted"}
        return tuple(Known(DOES["exclude"].model_validate(item | more), moment) for item in written)

    paused = policy_of("Europe/Berlin", excluding=True)
    late = Scenario(plain.file, plain.policy, "gold", (*plain.events, *excluding(LENGTH)))
    early = Scenario(plain.file, paused, "gold", (*plain.events, *excluding(0)))
    return play(late), play(early), play(plain)


@settings(max_examples=40, deadline=None)
@given(first=st.sampled_from(sorted(LENGTHS)), events=happened, intervals=excluded)
def test_net_is_as_if_the_plan_had_paused_for_what_was_accepted_late(
    first: str, events: list[tuple[int, str]], intervals: list[tuple[int, int]]
) -> None:
    late, early, without = excluded_late_and_early(first, events, intervals)

    for clock in CLOCKS:
        net, net_tally = late.read(clock, net=True)
        gross, gross_tally = late.read(clock, net=False)
        assert net == early.read(clock, net=False)[0]
        assert net_tally.breaches <= gross_tally.breaches
        assert (gross, gross_tally) == without.read(clock, net=False)


def test_the_walk_sees_a_change_of_the_clocks_in_each_place() -> None:
    for zone, start in PLACES.items():
        offsets = {at.astimezone(ZoneInfo(zone)).utcoffset() for at in (start, start + LENGTH * MINUTE)}

        assert len(offsets) == 2
