"""What a provider's words mean for the update clock of a ticket that is linked to it."""

from __future__ import annotations

from itertools import permutations

import pytest

from services.status_monitor.domain.clocks import cycles, read
from services.status_monitor.domain.facts import Facts, Planned, Terms
from tests.support.status import T0, at, target

HOURLY = Facts(start=T0, plans=(Planned(at=T0, targets={"update": target(60)}),))


def test_a_word_of_the_providers_restarts_the_update_clock_while_linked() -> None:
    facts = HOURLY.linked("p", at(10)).provider_spoke("p", at(30))

    reading = read("update", facts, Terms(), at(80))

    assert (reading.state, reading.due) == ("running", at(90))


@pytest.mark.parametrize(
    ("minute", "counts"),
    [(9, False), (10, True), (49, True), (50, False), (51, False)],
    ids=["before", "at linking", "while linked", "at unlinking", "after"],
)
def test_what_was_said_outside_the_link_does_not_count(minute: float, counts: bool) -> None:
    facts = HOURLY.linked("p", at(10)).unlinked("p", at(50)).provider_spoke("p", at(minute))

    assert [cycle.start for cycle in cycles("update", facts, Terms())] == ([T0, at(minute)] if counts else [T0])


def test_what_was_said_while_linked_still_counts_after_unlinking() -> None:
    facts = HOURLY.linked("p", at(10)).provider_spoke("p", at(30)).unlinked("p", at(40)).provider_spoke("p", at(45))

    assert read("update", facts, Terms(), at(80)).due == at(90)


def test_each_providers_ticket_has_its_own_links() -> None:
    facts = HOURLY.linked("p", at(10)).linked("q", at(20)).unlinked("q", at(30))
    facts = facts.provider_spoke("q", at(35)).provider_spoke("p", at(36)).provider_spoke("r", at(37))

    assert facts.heard == (at(36),)


def test_a_ticket_may_be_linked_again() -> None:
    facts = HOURLY.linked("p", at(10)).unlinked("p", at(20)).linked("p", at(40))
    facts = facts.provider_spoke("p", at(30)).provider_spoke("p", at(50))

    assert facts.heard == (at(50),)


def test_linking_twice_and_the_same_word_twice_change_nothing() -> None:
    once = HOURLY.linked("p", at(10)).provider_spoke("p", at(30))

    assert once.linked("p", at(20)).provider_spoke("p", at(30)) == once
    assert HOURLY.unlinked("p", at(10)) == HOURLY


def test_the_order_in_which_words_become_known_does_not_matter() -> None:
    linked = HOURLY.linked("p", at(10)).spoken(at(20), person=True, word=True)
    orders = []
    for order in permutations((25, 40, 15)):
        facts = linked
        for minute in order:
            facts = facts.provider_spoke("p", at(minute))
        orders.append([cycle.start for cycle in cycles("update", facts, Terms())])

    assert orders == [[T0, at(15), at(20), at(25), at(40)]] * 6


def test_a_link_touches_no_clock_but_the_update() -> None:
    promised = Planned(at=T0, targets={name: target(60) for name in ("first_response", "first_resolution", "update")})
    facts = Facts(start=T0, plans=(promised,)).linked("p", at(10)).provider_spoke("p", at(30))

    assert [
        read(clock, facts, Terms(), at(70)).state for clock in ("first_response", "first_resolution", "update")
    ] == [
        "breached",
        "breached",
        "running",
    ]
