"""What plans say of clocks together: of a provider's ticket, and of a clock that an earlier version is kept for."""

from __future__ import annotations

from typing import Any

import pytest

from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, Excluded, Facts, Mark, Planned
from services.status_monitor.domain.promised import Terms
from services.status_monitor.domain.terms import terms_of, terms_over
from services.status_monitor.domain.verdicts import Tally, tally
from shared.events import Target
from tests.support.amended import plan, published, target, version
from tests.support.status import T0, Case, accepted, assigned, at, begun, opened, window
from tests.support.status import target as so_long

CELLS = {"first_response": target("PT1H"), "update": target("PT2H", key="every"), "total_resolution": target("PT8H")}
WAITING, MAINTENANCE = "awaiting customer", "maintenance"


def of_all(*plans: dict[str, Any]) -> Terms:
    """The terms of a provider's ticket under a policy with these plans."""
    return terms_of(version("1", plans={f"plan{place}": item for place, item in enumerate(plans)}), None)


def promising(**terms: Any) -> dict[str, Any]:
    return plan(p1=CELLS, **terms)


def test_a_providers_ticket_is_paused_where_every_plan_that_promises_the_clock_pauses_it() -> None:
    terms = of_all(
        promising(pauses={WAITING: ["update", "total_resolution"], MAINTENANCE: ["update"]}),
        promising(pauses={WAITING: ["total_resolution", "update"]}),
        plan(p1={"notification": target("PT15M")}),
    )

    assert terms.pauses == {WAITING: ("update", "total_resolution")}


def test_a_providers_ticket_is_warned_at_every_point_that_any_plan_names_once() -> None:
    terms = of_all(
        promising(warnings={"update": ["50%", "PT10M"]}),
        promising(warnings={"update": ["75%", "50%"], "first_response": ["PT5M"]}),
    )

    assert terms.warnings == {"update": ("50%", "PT10M", "75%"), "first_response": ("PT5M",)}


@pytest.mark.parametrize(
    ("met_by", "meets"),
    [(("initial", "initial"), "initial"), (("initial", "person"), "person"), (("person", "person"), "person")],
)
def test_a_providers_initial_is_the_response_where_it_is_in_every_plan(met_by: tuple[str, str], meets: str) -> None:
    terms = of_all(*(promising(response_met_by=item) for item in met_by))

    assert terms.response_met_by == meets


def test_a_providers_time_in_resolved_counts_where_it_does_in_any_plan() -> None:
    assert of_all(promising(), promising(closed_counts=True)).closed_counts
    assert not of_all(promising(), promising()).closed_counts


def test_plans_that_promise_nothing_say_nothing_of_a_providers_clocks() -> None:
    terms = of_all(plan(pauses={WAITING: ["update"]}, response_met_by="initial", closed_counts=True))

    assert (terms.pauses, terms.warnings) == ({}, {})
    assert (terms.response_met_by, terms.closed_counts) == ("person", False)


@pytest.mark.parametrize(
    ("clock", "met_by", "counts"),
    [("total_resolution", "initial", False), ("first_response", "person", True), ("update", "initial", True)],
)
def test_what_a_version_says_of_one_clock_alone_comes_with_the_target_of_that_clock(
    clock: str, met_by: str, counts: bool
) -> None:
    first = version("1", plans={"gold": promising()})
    second = version("2", plans={"gold": promising(response_met_by="initial", closed_counts=True)})
    kept = so_long(60).model_copy(update={"policy": first.sha256})
    plans = (Planned(at=T0, targets=dict.fromkeys(CLOCKS) | {clock: kept}, policy=second.sha256, plan="gold"),)

    terms = terms_over(plans, published(first, second).by_sha)

    assert (terms.response_met_by, terms.closed_counts) == (met_by, counts)


@pytest.mark.parametrize("first", ["person", "initial"])
def test_where_initial_is_the_response_the_earlier_of_it_and_a_persons_word_counts(first: str) -> None:
    case = Case()
    case.event(0, opened())
    case.event(0, assigned(plan="eager", first_response=so_long(60)))
    case.act(20, message="We look into it.")

    case.event(41, accepted(10 if first == "initial" else 40))

    assert case.ticket.facts is not None
    course = Course(case.ticket.facts, terms_over(case.ticket.facts.plans, case.known.by_sha))
    assert course.cycles("first_response")[-1].stop == at(10 if first == "initial" else 20)


def test_a_hold_for_which_the_plan_pauses_nothing_holds_nothing() -> None:
    case = Case()
    case.event(0, opened())
    case.event(0, assigned(plan="eager", update=so_long(60)))
    case.event(1, window(0, 30))

    case.act(10, message="note", internal=True)

    assert (case.clock("update").state, case.clock("update").due) == ("running", at(60))


def test_a_clock_that_is_held_says_its_target_and_calendar_all_the_same() -> None:
    case = begun(first_resolution=so_long(100, "office"))

    case.act(20, ask=True, message="Which?")

    clock = case.clock("first_resolution")
    assert (clock.state, clock.target, clock.calendar) == ("paused", so_long(100).duration, "office")


def of_excluded(*, begin: float, end: float) -> Facts:
    """A first response that was warned of at 30 and broken at 60; then this much was excluded."""
    first = {"first_response": so_long(60)}
    excluded = (Excluded(clause="B.5.a", begin=at(begin), end=at(end)),)
    facts = Facts(start=T0).planned(T0, _only(first)).planned(at(90), _only(first), excluded=excluded)
    marks = (
        Mark(clock="first_response", cycle=T0, kind="at-risk", points=("50%",), target=so_long(60), at=at(30)),
        Mark(clock="first_response", cycle=T0, kind="breached", target=so_long(60), due=at(60), at=at(60)),
    )
    return facts.model_copy(update={"marks": marks, "responded": at(80)})


def _only(targets: dict[str, Target]) -> dict[str, Target | None]:
    return dict.fromkeys(CLOCKS) | targets


def test_net_of_exclusions_a_warning_that_would_not_have_come_is_not_counted() -> None:
    all_, half, none = (of_excluded(begin=0, end=end) for end in (70, 40, 10))

    def net(facts: Facts) -> Tally:
        return tally(Course(facts, Terms()), "first_response", at(100), net=True)

    assert tally(Course(all_, Terms()), "first_response", at(100)) == Tally(1, 1)
    assert (net(all_), net(half), net(none)) == (Tally(0, 0), Tally(0, 1), Tally(1, 1))
