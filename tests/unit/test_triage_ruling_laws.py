"""Rulings on exclusions: neither order nor repetition matters."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.triage.domain import Ticket
from services.triage.domain.wanted import Refusal
from tests.support.rulings import (
    CARRIER,
    FIREWALL,
    HOUR,
    NOON,
    exclusions,
    replied,
    ruled,
    ticket,
)

FACTS = st.lists(
    st.one_of(
        st.sampled_from(("outage", "degraded", "intermittent", "none")).map(lambda value: {"impact": value}),
        st.sampled_from(("production", "staging")).map(lambda value: {"environment": value}),
        st.sampled_from((FIREWALL, CARRIER, "It works again.", "Any news?")).map(lambda value: {"body": value}),
        st.integers(1, 5).map(lambda hours: {"ended_at": NOON + hours * HOUR}),
    ),
    max_size=5,
)
RULINGS = st.lists(
    st.builds(
        lambda clause, accept, begin, hours: (
            {
                "clause": clause,
                "ruling": "accept",
                "evidence": "a log",
                "from_": NOON + begin * HOUR,
                "to": NOON + (begin + hours) * HOUR,
            }
            if accept
            else {"clause": clause, "ruling": "reject"}
        ),
        st.sampled_from(("B.5.a", "B.5.f", "B.5.g")),
        st.booleans(),
        st.integers(0, 4),
        st.integers(1, 3),
    ),
    max_size=5,
)


def tried(ticket: Ticket, **wanted: Any) -> Ticket:
    """Ruled; where several intervals are accepted, a rejection that names none of them is refused."""
    if wanted["ruling"] == "accept":
        return ruled(ticket, **wanted)
    try:
        return ruled(ticket, **wanted)
    except Refusal:
        return ticket


def happened(facts: list[dict[str, Any]], rulings: list[dict[str, Any]], order: list[bool]) -> Ticket:
    """Facts and rulings, each in their own order, as `order` (which of the two is next) mixes them."""
    now = ticket(CARRIER + " " + FIREWALL)
    for clause in ("B.5.a", "B.5.f", "B.5.g"):  # so that there is always something to reject
        now = ruled(now, clause=clause, evidence="first", from_=NOON)
    facts, rulings = list(facts), list(rulings)
    for fact_next in order:
        if fact_next and facts:
            now = replied(now, **facts.pop(0))
        elif not fact_next and rulings:
            now = tried(now, **rulings.pop(0))
    for left in facts:
        now = replied(now, **left)
    for left in rulings:
        now = tried(now, **left)
    return now


@given(facts=FACTS, rulings=RULINGS, order=st.lists(st.booleans(), max_size=10))
def test_rulings_stand_whatever_facts_come_before_between_or_after_them(
    facts: list[dict[str, Any]], rulings: list[dict[str, Any]], order: list[bool]
) -> None:
    mixed = happened(facts, rulings, order)
    facts_first = happened(facts, rulings, [True] * len(facts))
    rulings_first = happened(facts, rulings, [False] * len(rulings))

    assert exclusions(mixed) == exclusions(facts_first) == exclusions(rulings_first)
    assert mixed.said is not None
    assert facts_first.said is not None
    assert mixed.said.reasons == facts_first.said.reasons


@given(facts=FACTS, rulings=RULINGS)
def test_a_ruling_given_twice_is_one(facts: list[dict[str, Any]], rulings: list[dict[str, Any]]) -> None:
    once = happened(facts, rulings, [])
    twice = happened(facts, [item for item in rulings for _ in range(2)], [])

    assert (twice.said, twice.sequence) == (once.said, once.sequence)
