"""The checker sees what went wrong between a provider's ticket and one linked to it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.crash.checker.evidence import Evidence
from tests.crash.checker.links import followed
from tests.crash.checker.notifications import owed
from tests.crash.example import DESK, TWO, alter, at, changed, example, put

PROVIDER = "77777777-7777-7777-7777-777777777777"
RULE = {"services": ["voice"]}


def linked() -> Evidence:
    """The provider's ticket says two things; UP-2 is linked to it and repeats both."""
    run = example()
    put(
        run,
        changed(PROVIDER, "UP-7", 1, 30, (None, "open"), "Initial", "opened"),
        changed(PROVIDER, "UP-7", 2, 40, ("open", "in progress"), "Update"),
        changed(PROVIDER, "UP-7", 3, 50, ("in progress", "monitoring"), "Update"),
        changed(TWO, "UP-2", 3, 41, ("open", "open"), "Update", "provider"),
        changed(TWO, "UP-2", 4, 51, ("open", "open"), "Update", "provider"),
    )
    first = len(run.log["tickets"]) - 5
    for place in range(first, first + 3):
        alter(run, "tickets", place, recipients_rule=RULE, ticket={"number": "UP-7", "priority": "P1"})
    for place, sequence in ((first + 3, 2), (first + 4, 3)):
        alter(run, "tickets", place, message="words", link=ref(sequence))
    run.tables["status-monitor"]["links"] = [
        {"ticket_id": TWO, "provider_id": PROVIDER, "state": "linked", "since": at(35)}
    ]
    run.tables["status-monitor"]["propagations"] = [
        {"ticket_id": TWO, "provider_id": PROVIDER, "sequence": sequence, "told": True} for sequence in (2, 3)
    ]
    return run


def ref(sequence: int) -> dict[str, Any]:
    return {"ticket_id": PROVIDER, "number": "UP-7", "sequence": sequence}


def words(run: Evidence) -> list[str]:
    return [violation.what for violation in followed(run)]


def test_what_holds_is_not_accused() -> None:
    assert words(linked()) == []
    assert words(example()) == []


@pytest.mark.parametrize(
    ("place", "data", "what"),
    [
        (-1, {"link": ref(2)}, f"ticket {TWO}: change 2 of {PROVIDER} after 2"),
        (-1, {"message": "other words"}, f"ticket {TWO} repeats change 3 of {PROVIDER}, which says otherwise"),
        (-1, {"cause": "agent"}, f"ticket {TWO}, linked to {PROVIDER}, heard {{2}}, said was {{2, 3}}"),
        (-1, {"cause": "agent"}, f"only the ledger says that change 3 of {PROVIDER} reached {TWO}"),
    ],
)
def test_what_was_repeated_twice_otherwise_or_not_at_all_is_seen(place: int, data: dict[str, Any], what: str) -> None:
    run = linked()
    alter(run, "tickets", place, **data)

    assert what in words(run)


def test_a_link_that_is_told_twice_is_seen() -> None:
    run = linked()
    for place in (-2, -1):
        alter(run, "tickets", place, cause="linked", link={"ticket_id": PROVIDER, "number": "UP-7"})

    assert f"ticket {TWO} is linked to {PROVIDER} twice" in words(run)


def test_who_is_told_on_the_providers_ticket_is_not_owed_it_again() -> None:
    run = linked()
    apart, using = repeated_to_desk(run), linked()
    alter(using, "accounts", 0, services=["voice"])

    assert apart == [3, 4]
    assert repeated_to_desk(using) == []


def repeated_to_desk(run: Evidence) -> list[int | None]:
    """The changes of UP-2 that the desk is owed though the provider said them."""
    return sorted(
        item.change.sequence or 0
        for item in owed(run).values()
        if item.change.ticket == TWO and item.destination == DESK[1] and item.change.data["cause"] == "provider"
    )
