"""Every history is a path in the state graph, and what is outside of it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.status_monitor.domain import acts
from services.status_monitor.domain.graph import GRAPH, legal
from services.status_monitor.domain.states import NotOpened
from tests.support.status import (
    WANTED,
    WEEK,
    Case,
    Known,
    accepted,
    assigned,
    at,
    begun,
    opened,
    replied,
    seen,
    window,
)


def test_changed_at_never_goes_back() -> None:
    case = begun()
    case.act(10, message="later")

    (said,) = case.act(5, message="by a clock that went back")

    assert said.changed_at == at(10)


def test_an_event_on_a_ticket_that_was_never_opened_is_refused() -> None:
    with pytest.raises(NotOpened, match="was never opened"):
        Case().event(0, assigned())


def test_a_policy_that_is_not_known_yet_leaves_the_clocks_open() -> None:
    case = Case(known=Known(()))
    case.event(0, opened())

    (said,) = case.event(0, assigned("P1"))

    assert said.clocks == ()
    assert said.ticket.clause == "B.3.P1"


def _play(case: Case, minute: float, step: tuple[str, Any]) -> None:
    kind, arg = step
    try:
        if kind == "act":
            case.act(minute, **arg)
        elif kind == "event":
            case.event(minute, arg(minute))
        else:
            case.sweep(minute)
    except acts.Refusal as refusal:
        if refusal.status != 409:
            raise


acts_ = st.sampled_from(
    [
        {"message": "words"},
        {"message": "note", "internal": True},
        {"ask": True, "message": "what?"},
        {"state": "in progress"},
        {"state": "monitoring"},
        {"state": "resolved"},
        {"state": "awaiting customer"},
        {"state": "closed"},
        {"state": "open"},
        {"state": "in progress", "message": "words"},
    ]
)

events_ = st.sampled_from(
    [
        lambda m: replied(m),
        lambda m: replied(m - 3),
        lambda m: replied(m, close=True),
        lambda m: replied(m, origin="source"),
        lambda m: seen(m, "in progress"),
        lambda m: seen(m, "monitoring"),
        lambda m: seen(m, "resolved"),
        lambda m: seen(m, None),
        lambda m: seen(m - 5, "in progress", id=f"old{m}"),
        lambda m: assigned("P1", assessment=int(m * 1000), decided=m),
        lambda m: assigned("P3", assessment=int(m * 1000), decided=m, missing=WANTED),
        lambda m: accepted(m),
        lambda m: window(m),
        lambda m: window(m - 1, m),
    ]
)

steps_ = st.lists(
    st.tuples(
        st.sampled_from([0.5, 1.0, 60.0, WEEK + 1.0]),
        st.one_of(
            st.tuples(st.just("act"), acts_),
            st.tuples(st.just("event"), events_),
            st.tuples(st.just("sweep"), st.none()),
        ),
    ),
    max_size=12,
)


@given(steps=steps_)
def test_every_history_is_a_path_in_the_graph_that_begins_with_initial(steps: list[tuple[float, Any]]) -> None:
    case = Case()
    case.event(0, opened())
    minute = 1.0

    for pause, step in steps:
        minute += pause
        _play(case, minute, step)

    said = case.said
    assert [item.status for item in said[:1]] in ([], ["Initial"])
    assert all(item.status != "Initial" for item in said[1:])
    state = None
    for place, item in enumerate(said):
        assert item.state_from == state
        assert legal(state, item.state_to)
        state = item.state_to
        assert place == 0 or item.changed_at >= said[place - 1].changed_at
    assert [out.sequence for out in case.outs if out.sequence is not None] == list(range(1, len(said) + 1))
    heard = [item.status for item in said if item.status in ("Resolved",)]
    assert len(heard) == sum(1 for item in said if item.state_to == "resolved" and item.state_from != "resolved")
    assert all(item.status is None for item in said if item.audience == "internal")


def test_the_graph_is_the_contracts() -> None:
    assert GRAPH == {
        "open": ("in progress", "awaiting customer", "monitoring", "resolved"),
        "in progress": ("awaiting customer", "monitoring", "resolved"),
        "awaiting customer": ("in progress", "monitoring", "resolved"),
        "monitoring": ("in progress", "awaiting customer", "resolved"),
        "resolved": ("in progress", "closed"),
        "closed": (),
    }
