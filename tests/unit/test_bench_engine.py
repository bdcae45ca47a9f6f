"""The rules alone in the bench: what is measured is what the services do."""

from __future__ import annotations

import pytest

from bench.case import after, opened, policies_with, policy, reply, unstated, waiting
from bench.measures import engine
from bench.run import QUICK
from services.status_monitor.domain import states
from services.status_monitor.domain.clocks import read_all
from services.triage import domain as triage
from shared.events import PriorityAssigned, StatusChanged


@pytest.fixture(scope="module")
def parts() -> dict[str, engine.Part]:
    return engine.parts()


def test_the_assessments_measured_end_in_a_priority_with_the_facts_stated_or_read(
    parts: dict[str, engine.Part],
) -> None:
    said = {}
    for name in ("assessment", "assessment_with_reading"):
        _, said[name] = parts[name].work()  # type: ignore[misc]

    stated, read = said["assessment"], said["assessment_with_reading"]
    assert isinstance(stated, PriorityAssigned)
    assert (stated.priority, {fact.origin for fact in stated.facts}) == ("P2", {"stated"})
    assert {fact.origin for fact in read.facts} == {"read"}
    assert "impact" in {fact.fact for fact in read.facts}


def test_the_ticket_whose_clocks_are_measured_has_met_held_and_excluded_ones() -> None:
    only = policy()
    life = waiting(policies_with(only), only)

    turn, entries = life.step(after(5), lambda turn: states.on_replied(turn, reply(), "r-1"))

    assert [item.state for item in read_all(turn.course, after(6))] == ["met", "met", *["running"] * 3]
    assert (life.ticket.state, turn.ticket.state) == ("awaiting customer", "in progress")
    assert [entry.kind for entry in entries] == ["resumed", "resumed"]
    assert [hold.reason for hold in turn.facts.holds] == ["maintenance"]
    assert len(turn.course.exclusions) == 1


def test_the_step_measured_says_that_the_state_changed_and_leaves_the_ticket_as_it_was_for_the_next_round() -> None:
    only = policy()
    life = waiting(policies_with(only), only)
    before = life.ticket
    said: list[object] = []

    def replied(turn: object) -> None:
        states.on_replied(turn, reply(), "r-1")  # type: ignore[arg-type]
        said.extend(out.event for out in turn.outs)  # type: ignore[attr-defined]

    life.step(after(5), replied)

    assert life.ticket is before
    (event,) = said
    assert isinstance(event, StatusChanged)
    assert len(event.clocks) == 5


def test_a_part_is_told_beside_json_of_what_it_goes_by(parts: dict[str, engine.Part]) -> None:
    found = engine.beside(parts["fold"], QUICK.engine_rounds, QUICK.engine)

    assert len(found["us"]["rounds"]) == len(found["json_us"]["rounds"]) == QUICK.engine_rounds
    assert found["us"]["median"] > 0
    assert found["json_bytes"] > 1000


def test_a_ticket_without_stated_facts_leaves_all_of_them_to_the_reading() -> None:
    assert triage.stated_facts(unstated()).known().keys() <= {"environment", "impact", "ongoing", "category"}
    assert all(fact.origin == "stated" for fact in triage.stated_facts(opened()).known().values())
