"""Whether support is owed on a ticket, and in which words the assessment says why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.triage.domain import Customer
from services.triage.domain.coverage import Covered, coverage_of
from services.triage.domain.facts import Facts, Inputs, Replanned
from shared.events import Target, Term
from tests.support.amended import MARCH, plan, published, target, version

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PLANS = {
    "gold": plan(p1={"first_response": target("PT1H", "office"), "notification": target("PT20M")}),
    "tin": plan(p1={"first_response": target("PT1H"), "notification": target("PT30M")}),
    "lead": plan(p1={"first_response": target("PT8H")}),
}
SLA = version("1", plans=PLANS)
ONE = published(SLA)


def covered(customer: Customer | None = None, *, replanned: datetime | None = None, **facts: Any) -> Covered:
    inputs = Inputs(
        facts=Facts(**{"initiator": "customer", "clock_start": NOON, "account": "acme", **facts}),
        customer=customer,
        replanned=None if replanned is None else Replanned(at=replanned, by="Gil", reason="so"),
    )
    return coverage_of(inputs, SLA, "P1", None, ONE.by_sha)


def why(found: Covered) -> tuple[str, str, str, str]:
    (reason,) = found.reasons
    return reason.rule, reason.clause, reason.fact, reason.text


def test_an_account_that_nobody_knows_is_promised_nothing_until_it_is_known() -> None:
    unknown, unstated = covered(), covered(account=None)

    assert (unknown.coverage, unknown.plan, set(unknown.targets.values())) == ("unknown-account", None, {None})
    assert why(unknown) == (
        "unknown-account",
        "A",
        "account: acme",
        "Nobody here knows this account, so no target is promised until it is known.",
    )
    assert why(unstated)[2] == "account: not stated"


def test_an_account_on_a_plan_that_the_policy_does_not_have_is_promised_nothing() -> None:
    found = covered(Customer(plan="iron", term=Term(start=MARCH)))

    assert (found.coverage, found.plan, set(found.targets.values())) == ("unknown-account", None, {None})
    assert why(found) == (
        "unknown-plan",
        "A",
        "plan: iron",
        "The policy has no such plan, so no target is promised until the account has one of its plans.",
    )


@pytest.mark.parametrize(
    ("start", "end", "fact"),
    [
        (NOON + DAY, None, "term: 2026-03-03 to open"),
        (NOON - DAY, NOON, "term: 2026-03-01T12:00:00Z to 2026-03-02T12:00:00Z, reported 2026-03-02T12:00:00Z"),
        (NOON - 3 * DAY, NOON - DAY, "term: 2026-02-27 to 2026-03-01"),
        (
            NOON + timedelta(milliseconds=20),
            None,
            "term: 2026-03-02T12:00:00.020Z to open, reported 2026-03-02T12:00:00Z",
        ),
        (NOON + DAY, NOON + 2 * DAY, "term: 2026-03-03 to 2026-03-04"),
    ],
)
def test_outside_the_term_nothing_is_owed_and_the_term_is_named(
    start: datetime, end: datetime | None, fact: str
) -> None:
    found = covered(Customer(plan="gold", term=Term(start=start, end=end)))

    assert (found.coverage, found.plan, set(found.targets.values())) == ("out-of-term", "gold", {None})
    assert why(found) == (
        "out-of-term",
        "B.5",
        fact,
        "Reported outside the subscription term, and support is owed within it only.",
    )


@pytest.mark.parametrize("term", [Term(start=NOON), Term(start=MARCH, end=NOON + timedelta(seconds=1))])
def test_from_the_first_moment_of_the_term_to_the_last_the_plan_is_owed(term: Term) -> None:
    found = covered(Customer(plan="gold", term=term))

    assert (found.coverage, found.plan, found.reasons) == ("covered", "gold", ())
    assert found.targets["notification"] == Target(duration=timedelta(minutes=20), calendar="always")


def test_planned_anew_the_term_is_that_of_the_moment_at_which_it_was() -> None:
    over, begun = Term(start=MARCH, end=NOON + DAY), Term(start=NOON + DAY)

    assert covered(Customer(plan="gold", term=over), replanned=NOON + DAY).coverage == "out-of-term"
    assert covered(Customer(plan="gold", term=begun), replanned=NOON + DAY).coverage == "covered"


def of_provider(*plans: str) -> Covered:
    inputs = Inputs(facts=Facts(initiator="provider", clock_start=NOON), customer=None, plans=plans)
    return coverage_of(inputs, SLA, "P1", None, ONE.by_sha)


def test_a_providers_ticket_takes_clock_by_clock_the_shortest_target_and_names_the_plans() -> None:
    found = of_provider("tin", "lead", "gold", "iron")

    assert (found.coverage, found.plan) == ("provider", None)
    assert why(found) == (
        "provider",
        "A",
        "plans: gold, lead, tin",
        "The provider's own ticket: clock by clock the shortest target among the accounts that it concerns.",
    )
    assert found.targets["first_response"] == Target(duration=timedelta(hours=1), calendar="always")
    assert found.targets["notification"] == Target(duration=timedelta(minutes=20), calendar="always")
    assert found.targets["update"] is None


@pytest.mark.parametrize("plans", [("gold", "tin"), ("tin", "gold")])
def test_at_one_length_round_the_clock_comes_before_office_hours(plans: tuple[str, ...]) -> None:
    response = of_provider(*plans).targets["first_response"]

    assert response is not None
    assert response.calendar == "always"


def test_a_providers_ticket_that_concerns_no_account_is_promised_nothing() -> None:
    found = of_provider()

    assert why(found)[2] == "no account in term uses these services"
    assert set(found.targets.values()) == {None}
