"""A target that is kept from an earlier version runs on that version's calendar, with its pauses and warnings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.status_monitor.domain.terms import terms_over
from shared.events import PolicyRef, Target
from shared.policy import CLOCKS, Policy
from tests.support.amended import plan as plan_of
from tests.support.amended import version
from tests.support.status import Case, Known, assigned, at, opened

V1 = version(
    "1",
    calendars={"office": {"zone": "Europe/Berlin", "week": {"mon-fri": ["08:00-17:00"]}}},
    plans={
        "gold": plan_of(
            p1={"first_response": {"target": "PT1H", "calendar": "office"}},
            pauses={"maintenance": ["update"]},
            warnings={"first_response": ["PT10M"]},
            response_met_by="person",
        )
    },
)
V2 = version(
    "2",
    calendars={"office": {"zone": "Europe/Berlin", "week": {"mon-fri": ["14:00-15:00"]}}},
    plans={
        "gold": plan_of(
            p1={"first_response": {"target": "PT1H", "calendar": "office"}},
            pauses={"awaiting customer": ["first_response", "total_resolution"], "maintenance": ["update"]},
            warnings={"first_response": ["50%"]},
            response_met_by="initial",
            closed_counts=True,
        )
    },
)
HOUR = timedelta(hours=1)
OFFICE = Target(duration=HOUR, calendar="office")
KEPT = Target(duration=HOUR, calendar="office", policy=V1.sha256)


def begun(target: Target, *known: Policy) -> Case:
    """T0 is a Monday, 10:00 in Berlin."""
    case = Case(known=Known(known or (V1, V2)))
    case.event(0, opened())
    event = assigned().model_copy(
        update={
            "policy": PolicyRef(id="sample", version="2", sha256=V2.sha256),
            "targets": dict.fromkeys(CLOCKS) | {"first_response": target},
        }
    )
    case.event(0, event)
    return case


def due(case: Case) -> Any:
    return case.clock("first_response").due


def test_a_target_runs_on_the_calendar_of_the_version_it_is_kept_from() -> None:
    assert due(begun(OFFICE)) == at(300)
    assert due(begun(KEPT)) == at(60)


def test_pauses_warnings_and_what_meets_it_come_with_it_and_other_clocks_keep_those_of_the_newest() -> None:
    case = begun(KEPT)
    assert case.ticket.facts is not None

    terms = terms_over(case.ticket.facts.plans, case.known.by_sha)

    assert terms.pauses == {"awaiting customer": ("total_resolution",), "maintenance": ("update",)}
    assert terms.warnings["first_response"] == ("PT10M",)
    assert (terms.response_met_by, terms.closed_counts) == ("person", True)
    assert [event.cause for event in case.sweep(51)] == ["at-risk"]
    assert [event.cause for event in case.sweep(61)] == ["breached"]


def test_the_clocks_wait_for_the_version_that_a_target_is_kept_from() -> None:
    case = begun(KEPT, V2)
    waiting = case.said[-1].clocks

    case.known = Known((V1, V2))
    case.act(5, message="A word.", status="Update")

    assert waiting == ()
    assert case.clock("first_response").state == "met"


def test_a_mark_and_a_view_know_the_version_of_the_target_too() -> None:
    case = begun(KEPT)
    case.sweep(61)

    assert case.ticket.facts is not None
    assert [mark.target for mark in case.ticket.facts.marks] == [KEPT, KEPT]
