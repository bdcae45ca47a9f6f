"""A ticket that an agent has planned anew: what it follows then, what stands, and when that is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.triage.domain import (
    Account,
    Concerned,
    Customer,
    Decision,
    Inputs,
    Ticket,
    add_reply,
    advance,
    assess,
    open_ticket,
)
from services.triage.domain.acts import replan
from services.triage.domain.wanted import PlanIn, Refusal
from shared.events import (
    Agreement,
    Exclusion,
    IssueReported,
    PriorityAssigned,
    Reporter,
    Term,
    TicketReplied,
)
from shared.policy import Policies, Policy
from tests.support.amended import MARCH, plan, published, target, version
from tests.support.opening import opening

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPENED = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOW = OPENED + HOUR
PLANS = {
    "gold": plan(p1={"first_response": target("PT1H")}, p2={"first_response": target("PT2H")}),
    "tin": plan(p1={"first_response": target("PT8H")}),
}
FASTER = PLANS | {"gold": plan(p1={"first_response": target("PT30M")}, p2={"first_response": target("PT2H")})}
SLOWER = PLANS | {"gold": plan(p1={"first_response": target("PT4H")}, p2={"first_response": target("PT2H")})}
V1 = version("1", plans=PLANS)
V2 = version("2", plans=FASTER, effective=OPENED + HOUR / 2)
ONE, BOTH = published(V1), published(V1, V2)
TERM = Term(start=MARCH)


def account(name: str = "tin", term: Term = TERM, *agreed: Agreement) -> Account:
    return Account(Customer(plan=name, term=term), MARCH, agreed)


def ticket(policies: Policies = ONE, of: Account | None = None, **facts: Any) -> Ticket:
    """An outage, assessed as it opens."""
    stated: dict[str, Any] = {"reporter": Reporter(name="Bo", account="acme"), "impact": "outage", **facts}
    issue = IssueReported(issue_id="i", description="It fails", services=("voice",), **stated)
    return assessed(open_ticket(opening(issue, OPENED), "c"), of or account(), policies)


def assessed(ticket: Ticket, of: Account, policies: Policies, *concerned: Concerned) -> Ticket:
    policy: Policy | None = policies.by_sha(ticket.policy or "") or policies.in_effect(OPENED)
    assert policy is not None
    after, _ = advance(ticket, policy, of, concerned, ticket.planned_at, policies)
    return after


def replanned(ticket: Ticket, of: Account, policies: Policies, *concerned: Concerned) -> Ticket:
    """The ticket after the act and its assessment; the same where it changes nothing."""
    after = replan(ticket, PlanIn(reason="They upgraded"), "Gil", NOW, of, concerned, policies)
    return ticket if after is None else assessed(after, of, policies, *concerned)


def said(ticket: Ticket) -> PriorityAssigned:
    assert ticket.said is not None
    return ticket.said


def response(ticket: Ticket) -> timedelta | None:
    found = said(ticket).targets["first_response"]
    return found and found.duration


def reply(ticket: Ticket, **facts: Any) -> Ticket:
    event = TicketReplied(
        ticket_id=UUID(int=1), number="UP-1", reply_id="r", origin="customer", replied_at=NOW, **facts
    )
    return add_reply(ticket, event)


def test_a_new_plan_and_a_new_version_do_not_touch_an_open_ticket_unless_an_agent_says_so() -> None:
    opened = ticket()

    by_itself = assessed(opened, account("gold"), BOTH)
    planned = replanned(opened, account("gold"), BOTH)

    assert (said(by_itself).plan, said(by_itself).policy.version, response(by_itself)) == ("tin", "1", 8 * HOUR)
    assert (said(planned).plan, said(planned).policy.version, response(planned)) == ("gold", "2", HOUR / 2)
    assert planned.sequence == 2
    assert said(planned).reasons[-1].model_dump(include={"rule", "clause", "fact", "text"}) == {
        "rule": "replanned",
        "clause": "A",
        "fact": "Gil had it planned anew: plan gold, sample 2",
        "text": "They upgraded",
    }


def test_it_stays_with_what_it_follows_now_whatever_the_account_gets_later() -> None:
    planned = replanned(ticket(), account("gold"), BOTH)

    later = assessed(reply(planned, impact="degraded"), account("tin"), BOTH)

    assert (said(later).plan, said(later).policy.version, response(later)) == ("gold", "2", 2 * HOUR)
    assert said(later).reasons[-1].rule == "replanned"


def test_what_it_follows_already_is_no_new_assessment() -> None:
    opened = ticket()
    planned = replanned(opened, account("gold"), BOTH)

    assert replanned(opened, account(), ONE) is opened
    assert replanned(planned, account("gold"), BOTH) is planned


def test_what_the_account_holds_now_counts_and_not_the_new_version_alone() -> None:
    slower = version("2", plans=SLOWER, effective=OPENED + HOUR / 2)
    policies = published(V1, slower)
    accepted = Agreement(at=OPENED + HOUR / 2, cause="accepted", version=slower.sha256, by="Bea")

    kept = replanned(ticket(of=account("gold")), account("gold"), policies)
    whole = replanned(ticket(of=account("gold")), account("gold", TERM, accepted), policies)

    assert (response(kept), said(kept).policy.version) == (HOUR, "2")
    assert (response(whole), said(whole).policy.version) == (4 * HOUR, "2")


def test_decisions_and_rulings_stand_and_a_priority_that_is_gone_does_not_hold() -> None:
    ruling = Exclusion(clause="B.5.f", evidence="a notice", state="accepted", by="Ann")
    decision = Decision(priority="P2", reason="Half of it works", by="Ann")
    decided = replace(ticket(), decision=decision, ruled=(ruling,))
    fewer = version(
        "2",
        effective=OPENED + HOUR / 2,
        exclusions={},
        priorities=[{"key": key, "clause": f"B.3.{key}"} for key in ("P1", "P3")],
        rules=[{"id": "outage", "when": {"impact": ["outage"]}, "priority": "P1", "clause": "B.3.P1"},
               {"id": "rest", "priority": "P3", "clause": "B.3.P3"}],
        plans={"gold": {"targets": {key: PLANS["gold"]["targets"][key] for key in ("P1", "P3")}}},
    )  # fmt: skip

    stands = replanned(decided, account("gold"), BOTH)
    gone = replanned(decided, account("gold", Term(start=OPENED + HOUR / 2)), published(V1, fewer))

    assert (said(stands).priority, said(stands).decided_by, said(stands).exclusions) == ("P2", "Ann", (ruling,))
    assert (said(gone).priority, said(gone).decided_by, said(gone).exclusions) == ("P1", "rules", (ruling,))
    assert said(gone).reasons[1].text == "That does not hold: sample 2 has no such priority."


def test_a_renewed_term_covers_what_an_agent_has_planned_anew_in_it() -> None:
    renewed = account("gold", Term(start=OPENED + HOUR / 2))

    planned = replanned(ticket(of=account("tin")), renewed, BOTH)

    assert (said(planned).coverage, response(planned)) == ("covered", HOUR / 2)


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        (Account(), "(account: acme, A): Nobody here knows this account"),
        (account("lead"), "(plan: lead, A): The policy has no such plan"),
        (account("gold", Term(start=MARCH, end=NOW)), "B.5): Reported outside the subscription term"),
    ],
)
def test_what_would_leave_the_customer_without_any_promise_is_refused(of: Account, sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        replanned(ticket(), of, BOTH)

    assert caught.value.status == 409
    assert sentence in str(caught.value)


def test_a_providers_ticket_follows_the_accounts_that_it_concerns_now() -> None:
    opened = ticket(initiator="provider", reporter=None)
    concerned = (Concerned("gold", TERM, ()), Concerned("tin", TERM, ()))

    planned = replanned(opened, Account(), BOTH, *concerned)

    assert (said(planned).coverage, response(planned), said(planned).policy.version) == ("provider", HOUR / 2, "2")
    assert said(planned).reasons[-1].fact == "Gil had it planned anew: sample 2"
    assert replanned(planned, Account(), BOTH, *concerned) is planned


def test_what_was_recorded_gives_the_same_assessment_again_to_the_byte() -> None:
    planned = replanned(ticket(), account("gold"), BOTH)
    assert planned.inputs is not None

    again = assess(Inputs.model_validate_json(planned.inputs.model_dump_json(exclude_none=True)), V2, BOTH.by_sha)

    assert again.model_dump() == said(planned).model_dump(include=set(type(again).model_fields))
